import { describe, expect, it } from "vitest";
import { licensePlate } from "../../../../../src/observe/classify/detectors/personal/license-plate.ts";
import { NOWHERE_NEAR } from "../../../../../src/observe/classify/near.ts";
import { around, asker } from "../support.ts";

const ask = asker(licensePlate);

describe("license_plate", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["8KLM204", "licensePlate", [], {}],
    ["B MW 1234", "plate", ["permit"], {}],
    ["AA-44-ZX", "plate", ["vehicle"], {}],
    ["LS71 KXD", "registration", ["car"], {}],
    ["4821 KLM", "matricula", ["vehiculo"], {}],
    ["B-KX 4821", "registration_number", [], { vin: "x" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["12", "plate", ["menu"], {}],
    ["SLOT", "plate", ["printer"], {}],
    ["AAA", "plate_number", [], {}],
    ["98765", "matricula", ["funcionarios"], {}],
    ["2026-01-01", "registration", ["car"], {}],
    ["HRB4821", "company_registration_number", [], { vehicle: "x" }],
    ["GB4821", "business_reg_no", [], {}],
    ["DE4821", "vat_registration_no", [], {}],
    ["4821", "charity_reg_no", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });

  it("says that a number is of a company", () => {
    const detect = (key: string) => licensePlate.detect({ text: "LS71 KXD", type: "string", near: NOWHERE_NEAR }, around(key));
    expect(detect("organisation_reg_no")).toEqual({ veto: "number-of-a-company" });
    expect(detect("reg_no")).toMatchObject({ confidence: 0.94 });
  });
});
