import { describe, expect, it } from "vitest";
import { taxId } from "../../../../../src/observe/classify/detectors/personal/tax-id.ts";
import { asker } from "../support.ts";

const ask = asker(taxId);

describe("tax_id", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["68-7137271", "ein", [], {}],
    ["BE0689615164", "vat_number", [], {}],
    ["46 115 614 695", "abn_or_tfn", [], {}],
    ["30-12534768-8", "cuit", [], {}],
    ["DE170589633", "value", ["tax_ids"], { type: "eu_vat" }],
    ["12456EN", "sales_tax_number", [], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["20.00", "vat", [], {}],
    [20, "vat", [], {}],
    ["12345", "tax_ids", [], {}],
    ["eu_vat", "tax_id_type", [], {}],
    ["2026-01-01", "tax_id", [], {}],
    ["tx_1", "tax_rate_id", [], {}],
    ["512345678", "number", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
