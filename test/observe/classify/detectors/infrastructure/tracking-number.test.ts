import { describe, expect, it } from "vitest";
import { trackingNumber } from "../../../../../src/observe/classify/detectors/infrastructure/tracking-number.ts";
import { asker } from "../support.ts";

const ask = asker(trackingNumber);

describe("tracking_number", () => {
  it.each([
    ["tracking_number", [], "123456789012"],
    ["trackingCode", [], "JD014600003828392837"],
    ["awb", [], "176-12345675"],
    ["number", ["tracking"], "123456789012"],
    ["Sendungsnummer", [], "00340434161094042557"],
    ["anything", [], "1Z999AA10123456784"],
    ["anything", [], "RR473124829GB"],
  ])("is the value of %s below %s: %s", (key, above, text) => {
    expect(ask(text, key, above)).toMatchObject({ confidence: 0.9 });
  });

  it.each([
    ["anything", "1Z999AA10123456785"],
    ["anything", "RR473124820GB"],
    ["tracking_number", "pending"],
    ["tracking_id", "UA-123456-1"],
    ["tracking_url", "https://track.example/1"],
    ["order_number", "123456789012"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
