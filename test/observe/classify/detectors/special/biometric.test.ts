import { describe, expect, it } from "vitest";
import { biometric } from "../../../../../src/observe/classify/detectors/special/biometric.ts";
import { asker } from "../support.ts";

const TEMPLATE = "vAf6xUclbrz3q8cHMXU/S6cNTAnYVvq0".repeat(4);
const ask = asker(biometric);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("biometric", () => {
  it("takes a long text for a part of a body", () => {
    expect(sure(TEMPLATE, "fingerprint_template")).toBe(true);
    expect(sure(TEMPLATE, "voiceprint")).toBe(true);
    expect(sure(TEMPLATE, "template", ["iris"])).toBe(true);
    expect(sure(TEMPLATE, "template", ["templates"], [], { modality: "fingerprint" })).toBe(true);
    expect(sure(`data:image/png;base64,${TEMPLATE}`, "fingerprintImage")).toBe(true);
  });

  it("takes a list of numbers", () => {
    const numbers = Array.from({ length: 16 }, (_, index) => index / 7);
    expect(sure(0.25, "face_embedding", [], [], { face_embedding: numbers })).toBe(true);
    expect(sure(0.25, "embedding", ["face"], [], { embedding: numbers })).toBe(true);
    expect(sure(0.25, "embedding", ["documents"], [], { embedding: numbers })).toBe(false);
    expect(sure(128, "face_embedding", [], [], { face_embedding: 128 })).toBe(false);
  });

  it.each([
    ["3B:9A:10:77:01:5E:AA:00:21:6C", "fingerprint", "tls"],
    [TEMPLATE, "fingerprint", "certificate"],
    [TEMPLATE, "template", "emails"],
    ["nova", "voice", ""],
    ["enabled", "biometric", "login"],
    ["https://img.acme.com/faces/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18", "face_scan", ""],
  ])("is not %s under %s of %s", (value, key, above) => {
    expect(sure(value, key, [above])).toBe(false);
  });

  it("takes what documentation shortened under the name of a template only", () => {
    const short = TEMPLATE.slice(0, 24);
    expect(sure(short, "fingerprint_template")).toBe(true);
    expect(sure(short, "minutiae", ["finger"])).toBe(true);
    expect(sure(short, "template", ["iris"])).toBe(false);
    expect(sure(short.slice(0, 19), "fingerprint_template")).toBe(false);
    expect(sure(TEMPLATE, "face_image_embedding")).toBe(true);
    expect(sure(TEMPLATE, "face_enrollment_template")).toBe(true);
  });
});
