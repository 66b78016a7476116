import { describe, expect, it } from "vitest";
import { maritalStatus } from "../../../../../src/observe/classify/detectors/personal/marital-status.ts";
import { asker } from "../support.ts";

const ask = asker(maritalStatus);

describe("marital_status", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["married", "maritalStatus", [], {}],
    ["ledig", "familienstand", [], {}],
    ["Married", "text", ["maritalStatus"], {}],
    ["M", "code", ["coding", "maritalStatus"], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["Familienstand", "maritalStatus", [], {}],
    ["Married", "text", ["note"], {}],
    ["2026-01-01", "marital_status", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
