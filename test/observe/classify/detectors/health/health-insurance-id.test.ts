import { describe, expect, it } from "vitest";
import { healthInsuranceId } from "../../../../../src/observe/classify/detectors/health/health-insurance-id.ts";
import { asker } from "../support.ts";

const ask = asker(healthInsuranceId);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("health_insurance_id", () => {
  it.each([
    ["A123456780", "versichertennummer", [], []],
    ["W1992 44120", "memberId", ["subscriber"], []],
    ["ACM-00192", "member_id", ["coverage"], []],
    ["LKS-99120044", "policyNumber", ["insurance", "patient"], []],
    ["2428 77813 2", "medicare_number", [], []],
    ["77120045 01", "membershipNumber", ["healthFund"], []],
    ["1EG4-TE5-MK72", "reference", [], []],
    ["ACM-00192", "insurance_id", [], ["paciente"]],
    ["ACM-00192", "insuranceIdNumber", [], ["krankenkasse"]],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["U0123", "member_id", ["team"], []],
    ["P-1", "policy_number", ["home"], []],
    ["LKS-99120044", "policyNumber", ["insurance", "vehicle"], ["insurer"]],
    ["8823911", "subscriber_id", ["newsletter"], []],
    ["3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", "memberId", ["coverage"], []],
    ["1EG4TE5MK72", "reference", [], []],
    ["included", "health_insurance", [], []],
    ["ACM-00192", "insurance_id", ["vehicle"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("notes the kinds that their shape and check digit prove", () => {
    expect(ask("A123456780", "kvnr")).toMatchObject({ note: "de_kvnr" });
    expect(ask("A123456781", "kvnr")?.note).toBeUndefined();
    expect(ask("1EG4TE5MK72", "mbi")).toMatchObject({ note: "us_mbi" });
    expect(ask("1SG4TE5MK72", "mbi")?.note).toBeUndefined();
  });

  it("reads the type of a FHIR identifier and the coverage", () => {
    expect(ask("XYZ-77120", "value", ["identifier"], [], { type: { coding: [{ code: "MB" }] } })).toMatchObject({ own: true });
    expect(ask("XYZ-77120", "subscriberId", [], [], { resourceType: "Coverage" })).toMatchObject({ own: true });
    expect(ask("XYZ-77120", "subscriberId", [], [], { list: "weekly" })).toBeUndefined();
  });
});
