import { describe, expect, it } from "vitest";
import { signatureImage } from "../../../../../src/observe/classify/detectors/personal/signature-image.ts";
import { asker } from "../support.ts";

const ask = asker(signatureImage);

describe("signature_image", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["data:image/png;base64,iVBORw0KGgo", "signature", [], {}],
    ["https://a.example/s.png", "signature_url", [], {}],
    ["iVBORw0KGgoAAAANSUhEUg", "data", ["signature"], {}],
    ["https://a.example/i.png", "initials_image_url", [], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["5f3b1c9e8d7a6b5c4d3e2f1a0b9c8d7e", "signature", [], {}],
    ["https://a.example/verify", "signature", [], {}],
    ["Kind regards", "signature", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
