import { describe, expect, it } from "vitest";
import { healthRecord } from "../../../../../src/observe/classify/detectors/health/health-record.ts";
import { NOWHERE_NEAR } from "../../../../../src/observe/classify/near.ts";
import { around, asker } from "../support.ts";

const ask = asker(healthRecord);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("health_record", () => {
  it.each([
    ["Type 2 diabetes", "diagnosis", [], []],
    ["Karies 36", "befund", [], []],
    ["Asthma", "dx_description", [], []],
    ["Migraine", "sickness_reason", [], []],
    ["positive", "covid_test_result", [], []],
    ["penicillin", "allergies", [], []],
    ["Metformin 500 mg", "drugName", [], []],
    ["E11.9", "icd10", [], []],
    ["I10", "code", ["diagnosis"], []],
    ["Essential hypertension", "description", ["problems"], ["icd10"]],
    ["O+", "bloodType", [], []],
    [58, "restingHeartRate", [], []],
    ["138/86", "blood_pressure", [], []],
    [36.6, "temperature", ["vitals"], []],
    ["negative", "hiv_status", [], []],
    ["Hives", "reaction", ["allergies"], []],
    [8.2, "value", ["results"], ["loinc"]],
    ["pathogenic", "classification", ["variants"], ["gene"]],
    ["former smoker", "smokingStatus", [], []],
    [50, "gradDerBehinderung", [], []],
    ["VML corrective lenses", "limitation", ["medicalCertificate"], []],
    ["0093-1112-01", "ndc", [], ["prescriber"]],
    ["positive", "result", [], ["specimen"]],
    ["Fractured wrist", "description", ["injuries"], []],
    ["Left knee", "body_part", ["injury"], []],
    ["Prellung", "type", ["verletzung"], []],
    ["Grippe", "grund", ["krankmeldung"], []],
    ["Influenza", "reason", ["sick_leave"], []],
    ["Gripe", "motivo", [], ["baja_medica"]],
    [72.4, "weight", [], ["birthday"]],
    [72.4, "weight_kg", [], ["first_name"]],
    ["72", "gewicht", [], ["geburtsdatum"]],
    [72.4, "weight", ["athlete"], []],
    [8.2, "magnitude", ["results"], ["loinc"]],
    [44.1, "muscleMass", [], []],
    [98, "glucose_mg_dl", [], []],
    [62, "restingHeartRateBpm", [], []],
    ["Astma", "aandoening", [], []],
    ["Asma", "patologia", [], []],
    ["Asthma", "underlying_conditions", [], []],
    ["Appendectomy", "surgeries", [], []],
    ["Ibuprofen", "geneesmiddel", [], []],
    ["Polvere", "sostanza", ["allergie"], []],
    ["Bruised shin", "injury_detail", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["ok", "health", [], []],
    ["a1b2c3d4", "sig", [], []],
    [30, "cholesterol", [], ["protein", "sodium"]],
    [1024, "pulse", ["meter"], []],
    ["Ready", "condition", ["healthCheck"], []],
    ["variant-b", "treatment", [], []],
    ["thumbsup", "reaction", [], []],
    ["peanut", "allergens", ["menu"], ["price", "calories"]],
    ["0002-1433", "product_ndc", [], ["labeler_name"]],
    [21.4, "temperature", ["weather"], []],
    ["Pool exhausted", "diagnosis", [], ["runbook"]],
    ["none", "diagnosis", [], []],
    ["cancer", "text", ["news"], []],
    [120, "heart_rate_zone", [], []],
    ["unused variable", "diagnostic", [], []],
    [1, "hrv", ["goals"], []],
    ["Diagnosis", "diagnosis", [], []],
    [7, "value", [], []],
    [12, "disability", ["benefit_filters"], []],
    ["Broken pallet", "description", ["incidents"], []],
    ["Holiday", "reason", ["leave"], []],
    ["Influenza", "reason", ["tickets"], []],
    [2.4, "weight", ["parcel"], ["length"]],
    [2.4, "weight_kg", ["parcel"], ["length"]],
    [2.4, "weight", ["items"], ["sku"]],
    [0.2, "weight", ["shirts"], ["gender"]],
    ["heavy", "weight", [], ["font"]],
    [8.2, "magnitude", ["earthquakes"], ["depth"]],
    [40, "muscle_mass_goal", [], []],
    ["Delivery in 14 days", "conditions", ["order"], []],
    ["500 mg", "strength", ["products"], ["frequency"]],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("reads a code by the system beside it, and a value by a unit of laboratories", () => {
    expect(ask("73211009", "code", ["coding"], [], { system: "http://snomed.info/sct" })).toMatchObject({ own: true });
    expect(ask("9.1", "value", [], [], { unit: "mmol/L" })).toMatchObject({ own: true });
    expect(ask("120", "value", [], [], { unit: "bpm" })).toBeUndefined();
    expect(ask("x", "code", ["coding"], [], { system: "http://acme.com/colours" })).toBeUndefined();
  });

  it("reads what FHIR's clinical resources say, and not how they say it", () => {
    const observation = { resourceType: "Observation" };
    expect(ask(6.3, "value", ["valueQuantity"], [], observation)).toMatchObject({ own: true });
    expect(ask("Asthma", "text", ["code"], [], { resourceType: "Condition" })).toMatchObject({ own: true });
    expect(ask("active", "code", ["coding", "clinicalStatus"], [], { resourceType: "Condition" })).toBeUndefined();
    expect(ask("mmol/L", "code", ["valueQuantity"], [], observation)).toBeUndefined();
    const glucose = { resourceType: "ValueSet", system: "http://loinc.org" };
    expect(ask("2345-7", "code", ["contains", "expansion"], [], glucose)).toBeUndefined();
    expect(ask("Jane", "text", ["name"], [], { resourceType: "Patient" })).toBeUndefined();
  });

  it("reads prose of an illness only in the record of a patient", () => {
    expect(sure("Consistent with type 2 diabetes.", "comment", [], [], { mrn: "0048" })).toBe(true);
    expect(sure("Consistent with type 2 diabetes.", "comment", [], [], { article: "0048" })).toBe(false);
    expect(sure("Please call back.", "comment", [], [], { mrn: "0048" })).toBe(false);
  });

  it("takes the truth of a state, and of no setting", () => {
    const detect = (key: string) => healthRecord.detect({ text: "true", type: "boolean", near: NOWHERE_NEAR }, around(key));
    expect(detect("is_pregnant")).toMatchObject({ confidence: 0.9 });
    expect(detect("disabled")).toBeUndefined();
  });
});
