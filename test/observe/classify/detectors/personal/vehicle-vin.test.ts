import { describe, expect, it } from "vitest";
import { vehicleVin } from "../../../../../src/observe/classify/detectors/personal/vehicle-vin.ts";
import { asker } from "../support.ts";

const ask = asker(vehicleVin);

describe("vehicle_vin", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["1M8GDM9AXKP042788", "vin", [], {}],
    ["VF1RJA00167012345", "bastidor", [], {}],
    ["1M8GDM9AXKP042788", "serial", [], { make: "x" }],
    ["VF1RJA00167012345", "id", ["vehicles"], { type: "vehicle" }],
    ["VF1RJA00167012345", "number", [], { object: "Car" }],
    ["WDB9634031L738201", "serialNumber", [], { kind: "truck" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["1M8GDM9AXKP042788", "serial", [], {}],
    ["1M8GDM9A0KP042788", "serial", [], { make: "x" }],
    ["1M8GDM9AXKPO42788", "vin", [], {}],
    ["17", "vin", [], {}],
    ["VF1RJA00167012345", "id", [], { type: "laptop" }],
    ["VF1RJA00167012345", "id", ["vehicles"], {}],
    ["VF1RJA00167012345", "dealer_id", [], { type: "vehicle" }],
    ["00000000000012345", "id", [], { type: "vehicle" }],
    ["VF1RJA0016701234", "id", [], { type: "vehicle" }],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
