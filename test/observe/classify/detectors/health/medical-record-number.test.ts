import { describe, expect, it } from "vitest";
import { medicalRecordNumber } from "../../../../../src/observe/classify/detectors/health/medical-record-number.ts";
import { asker } from "../support.ts";

const ask = asker(medicalRecordNumber);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("medical_record_number", () => {
  it.each([
    ["MRN 00482913", "mrn", [], []],
    ["77120045", "medicalRecordNumber", [], []],
    ["D-10442", "patientNo", [], []],
    ["P-00913", "patientennummer", [], []],
    ["HC-44019", "numero_historia_clinica", [], []],
    ["88213-A", "patient_id", [], []],
    ["P-00913", "paciente_id", [], []],
    ["P-00913", "idDoPaciente", [], []],
    ["P-00913", "Patienten-ID", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", "patient_id", [], []],
    [3, "patient_id", [], []],
    ["please wait", "patient", [], []],
    ["c-1", "chart_id", [], []],
    ["none", "mrn", [], []],
    ["10442", "order_no", [], []],
    ["P-00913", "patience_id", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("reads the type of a FHIR identifier", () => {
    const of = (code: string) => ask("4471-9923", "value", ["identifier"], [], { type: { coding: [{ code }] } });
    expect(of("MR")).toMatchObject({ own: true });
    expect(of("DL")).toBeUndefined();
  });
});
