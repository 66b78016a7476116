import { describe, expect, it } from "vitest";
import { religion } from "../../../../../src/observe/classify/detectors/special/religion.ts";
import { asker } from "../support.ts";

const ask = asker(religion);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("religion", () => {
  it.each([
    ["Buddhist", "religion", [], []],
    ["rk", "konfession", [], []],
    ["None", "religion", [], []],
    ["Lutheran", "denomination", [], []],
    ["muslim", "faith", [], []],
    ["Quaker", "name", ["religion"], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["100", "denomination", [], []],
    ["christian", "religion", [], ["amenity"]],
    ["Islam", "religion", [], ["population", "capital"]],
    ["good", "faith", [], []],
    ["Religion", "religion", [], []],
    ["friends", "religionVisibility", [], []],
    ["Ihre Religion", "religion", ["labels"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("reads HL7's affiliations", () => {
    const system = "http://terminology.hl7.org/CodeSystem/v3-ReligiousAffiliation";
    expect(ask("1013", "code", ["coding"], [], { system })).toMatchObject({ own: true });
    expect(ask("1013", "code", ["coding"], [], { system: "http://loinc.org" })).toBeUndefined();
  });
});
