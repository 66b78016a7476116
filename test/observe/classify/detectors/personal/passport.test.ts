import { describe, expect, it } from "vitest";
import { passport } from "../../../../../src/observe/classify/detectors/personal/passport.ts";
import { asker } from "../support.ts";

const ask = asker(passport);

describe("passport", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["88104422", "passportNumber", [], {}],
    ["704212188", "document_number", [], { document_type: "PASSPORT" }],
    ["C03005988", "number", ["travel_document"], {}],
    ["YA4471203", "numero", ["documento"], { tipo: "passaporto" }],
    ["L01X00T47", "value", ["identifier"], { type: { coding: [{ code: "PPN" }] } }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["oauth2", "passport_strategy", [], {}],
    ["88104422", "number", ["invoice"], {}],
    ["88104422", "document_number", [], { document_type: "invoice" }],
    ["Reisepassnummer", "passportNumber", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
