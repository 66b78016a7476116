import { describe, expect, it } from "vitest";
import { taxStatus } from "../../../../../src/observe/classify/detectors/personal/tax-status.ts";
import { asker } from "../support.ts";

const ask = asker(taxStatus);

describe("tax_status", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["III", "steuerklasse", [], {}],
    ["married_jointly", "filing_status", [], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["active", "status", [], {}],
    ["Filing status of the person, please choose one from the list.", "filing_status", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
