import { describe, expect, it } from "vitest";
import { trackingNumber } from "../../../../../src/observe/classify/detectors/personal/tracking-number.ts";
import { asker } from "../support.ts";

const ask = asker(trackingNumber);

describe("tracking_number", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["1Z999AA10123456784", "tracking_number", [], {}],
    ["9400110898825022579493", "tracking_code", [], {}],
    ["6A12345678901", "numero-suivi", [], {}],
    ["1Z9999999999999999", "number", ["tracking"], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["campaign-spring", "code", ["tracking"], {}],
    ["1Z999AA10123456784", "order_number", [], {}],
    ["true", "tracking", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
