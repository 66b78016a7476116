import { describe, expect, it } from "vitest";
import { idDocumentDate } from "../../../../../src/observe/classify/detectors/personal/id-document-date.ts";
import { asker } from "../support.ts";

const ask = asker(idDocumentDate);

describe("id_document_date", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["2030-05-01", "passportExpiry", [], {}],
    ["2031-02-14", "expires_on", ["travel_document"], {}],
    ["2031-08-30", "expiration_date", [], { document_type: "PASSPORT" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["2031-02-14", "expires_on", ["coupon"], {}],
    ["2031-02-14", "expiration_date", ["card"], {}],
    ["soon", "passportExpiry", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
