import { describe, expect, it } from "vitest";
import { raceEthnicity } from "../../../../../src/observe/classify/detectors/special/race-ethnicity.ts";
import { asker } from "../support.ts";

const ask = asker(raceEthnicity);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("race_ethnicity", () => {
  it.each([
    ["African American", "ethnicity", [], []],
    ["Asian", "race", [], []],
    ["Parda", "racaCor", [], []],
    ["maghrébine", "origine-ethnique", [], []],
    ["White", "description", ["race"], []],
    ["2106-3", "race_code", [], []],
    ["Ashkenazi Jewish", "ancestry", [], []],
    ["Zorblax", "race", [], ["date_of_birth"]],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["Elf", "race", [], ["hp", "level"]],
    ["City 10k", "race", [], ["bib"]],
    ["mixed", "race", [], ["breed"]],
    ["src/lib", "ancestry", [], []],
    ["unknown", "ethnicity", [], []],
    ["Ethnicity", "ethnicity", [], []],
    [3, "ethnicity", [], []],
    ["any", "ethnicityFilter", [], []],
    ["can't be blank", "ethnicity", ["errors"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("reads the extension of a FHIR patient and the code system of the CDC", () => {
    const cdc = { system: "urn:oid:2.16.840.1.113883.6.238", code: "2106-3", display: "White" };
    expect(ask("White", "display", ["valueCoding", "extension"], [], cdc)).toMatchObject({ own: true });
    expect(ask("White", "valueString", [], [], { url: "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race" })).toMatchObject({
      own: true,
    });
    expect(ask("White", "display", ["valueCoding"], [], { system: "http://snomed.info/sct" })).toBeUndefined();
  });
});
