import { describe, expect, it } from "vitest";
import { postalCode } from "../../../../../src/observe/classify/detectors/personal/postal-code.ts";
import { asker } from "../support.ts";

const ask = asker(postalCode);

describe("postal_code", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["94104", "postal_code", [], {}],
    ["W2 1QE", "zip", ["address"], {}],
    ["26723", "plz", [], {}],
    ["50070-000", "cep", [], {}],
    [80202, "zip", [], { city: "x" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["1234", "pin_code", [], {}],
    ["release.zip", "zip", [], {}],
    ["PLZ", "plz", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
