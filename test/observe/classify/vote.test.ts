import { describe, expect, it } from "vitest";
import type { Scalar } from "../../../src/observe/classify/document.ts";
import type { Field } from "../../../src/observe/classify/fields.ts";
import { classFacts } from "../../../src/observe/classify/vote.ts";
import { around } from "./detectors/support.ts";

function field(key: string, values: readonly Scalar[], keys: readonly string[] = []): Field {
  return { path: "$.x", types: ["string"], values, owners: [], keys, surroundings: around(key) };
}
const addresses = (count: number) => Array.from({ length: count }, (_, index) => `user.${String.fromCharCode(97 + (index % 26))}@acme.com`);
const stripe = `sk_live_${"a1B2c3D4".repeat(3)}`;

describe("classFacts", () => {
  it("reports what 60 % of the filled values agree on", () => {
    expect(classFacts(field("target", [...addresses(3), "bot", "bot", "", "  "]))).toEqual([
      { path: "$.x", class: "email", confidence: 0.97, count: 3, masked: false, sample: false },
    ]);
  });

  it("trusts less what fewer agree on", () => {
    expect(classFacts(field("target", [...addresses(1), "bot", "bot", "bot"]))).toMatchObject([
      { class: "email", confidence: 0.24, count: 1 },
    ]);
  });

  it("needs one secret among many values", () => {
    expect(classFacts(field("note", [...Array.from({ length: 2000 }, () => "fine"), stripe]))).toEqual([
      { path: "$.x", class: "api_key", confidence: 0.98, count: 1, masked: false, sample: false, note: "stripe" },
    ]);
  });

  it("needs one hit inside a text", () => {
    expect(classFacts(field("text", ["My card is 4539 1488 0343 6467, thanks.", "Which date?", "June."]))).toMatchObject([
      { class: "payment_card", confidence: 0.85, count: 1 },
    ]);
    expect(classFacts(field("text", ["Write to jane.doe@acme.com.", "ok", "ok"]))).toMatchObject([{ class: "email", confidence: 0.97 }]);
  });

  it("looks into a JSON text in a string, by its own names, and no deeper than two", () => {
    const inner = JSON.stringify({ user: "david", password: "violet-Kettle-31" });
    expect(classFacts(field("SecretString", [inner]))).toMatchObject([{ class: "password", count: 1 }]);
    expect(classFacts(field("a", [JSON.stringify([inner])]))).toMatchObject([{ class: "password", count: 1 }]);
    expect(classFacts(field("a", [JSON.stringify([JSON.stringify([inner])])]))).toEqual([]);
  });

  it("says masked only where nothing is clear", () => {
    expect(classFacts(field("card_number", ["************4242", "************0005"]))).toEqual([
      { path: "$.x", class: "payment_card", confidence: 0.9, count: 2, masked: true, sample: false },
    ]);
    expect(classFacts(field("card_number", ["************4242", "4539148803436467"]))).toMatchObject([{ masked: false, count: 1 }]);
  });

  it("says sample only where nothing else is", () => {
    expect(classFacts(field("email", ["a@example.com", "b@example.org"]))).toMatchObject([{ sample: true, count: 2 }]);
    expect(classFacts(field("email", ["a@example.com", "b@acme.com"]))).toMatchObject([{ sample: false, count: 2 }]);
  });

  it("keeps a note that all hits share", () => {
    const slack = "xoxb-123456789012-abcdefABCDEF1234";
    expect(classFacts(field("key", [stripe, stripe]))).toMatchObject([{ note: "stripe" }]);
    expect(classFacts(field("key", [stripe, slack]))[0]).not.toHaveProperty("note");
  });

  it("lets the better word win", () => {
    expect(classFacts(field("password", ["$2b$12$abcdefghijKLMNOP0123456789./abcdefghijKLMNOP012345678"]))).toMatchObject([
      { class: "password_hash" },
    ]);
    expect(classFacts(field("phone_or_iban", ["DE46100500001234567890"]))).toMatchObject([{ class: "iban" }]);
  });

  it("counts keys and values of a map apart", () => {
    const facts = classFacts(field("deliveries", ["sent", "sent", "lost"], ["+14153608311", "+442071838750", "+14155236612"]));
    expect(facts).toEqual([{ path: "$.x", class: "phone", confidence: 0.85, count: 3, masked: false, sample: false }]);
  });

  it("ignores numbers whose digits were lost in reading", () => {
    expect(classFacts(field("card_number", [Number("6200000000000000005")]))).toEqual([]);
  });
});
