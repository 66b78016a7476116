import { describe, expect, it } from "vitest";
import { licensePlate } from "../../../../../src/observe/classify/detectors/personal/license-plate.ts";
import { asker } from "../support.ts";

const ask = asker(licensePlate);

describe("license_plate", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["8KLM204", "licensePlate", [], {}],
    ["B MW 1234", "plate", ["permit"], {}],
    ["AA-44-ZX", "plate", ["vehicle"], {}],
    ["LS71 KXD", "registration", ["car"], {}],
    ["4821 KLM", "matricula", ["vehiculo"], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["12", "plate", ["menu"], {}],
    ["SLOT", "plate", ["printer"], {}],
    ["AAA", "plate_number", [], {}],
    ["98765", "matricula", ["funcionarios"], {}],
    ["2026-01-01", "registration", ["car"], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
