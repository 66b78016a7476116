import { describe, expect, it } from "vitest";
import { freeText } from "../../../../../src/observe/classify/detectors/personal/free-text.ts";
import { asker } from "../support.ts";

const ask = asker(freeText);

describe("free_text", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["Late arrival, wants a quiet room.", "notes", ["guests"], {}],
    ["I could repeat it on my desk.", "body", [], { from: "x" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["Late arrival, wants a quiet room.", "notes", ["releases"], { version: "1" }],
    ["auto", "note", [], {}],
    ["The process restarted after an update.", "message", [], {}],
    ["Body of the page, nothing else.", "body", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
