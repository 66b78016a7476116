import { describe, expect, it } from "vitest";
import { npi } from "../../../../../src/observe/classify/detectors/health/npi.ts";
import { asker } from "../support.ts";

const ask = asker(npi);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("npi", () => {
  it.each([
    ["1234567893", "npi", [], []],
    [1234567893, "attending_npi", [], []],
    ["1234567893", "providerNpi", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["1234567893", "phone", [], []],
    ["1234567893", "id", [], []],
    ["3234567893", "npi", [], []],
    ["12345", "npi", [], []],
    ["none", "npi", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("takes one without the check digit for made up", () => {
    expect(ask("1234567890", "npi")).toEqual({ confidence: 0.75, sample: true });
  });

  it("reads the system of a FHIR identifier, and the type of an enumeration", () => {
    expect(ask("1234567893", "value", ["identifier"], [], { system: "http://hl7.org/fhir/sid/us-npi" })).toMatchObject({ own: true });
    expect(sure("1234567893", "number", [], [], { enumeration_type: "NPI-1" })).toBe(true);
    expect(sure("1234567893", "number", [], [], { type: "x" })).toBe(false);
  });
});
