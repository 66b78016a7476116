import { describe, expect, it } from "vitest";
import { BodyWatch } from "../../../src/observe/classify/body-watch.ts";
import { ClassVotes } from "../../../src/observe/classify/class-votes.ts";
import { classifyBody } from "../../../src/observe/classify/classify-body.ts";
import { OURS } from "../../../src/observe/classify/detectors/detector-set.ts";
import type { DocumentNode } from "../../../src/observe/classify/document.ts";
import { around } from "./detectors/support.ts";

interface Field {
  readonly key: string;
  readonly values: readonly DocumentNode[];
  readonly keys: readonly string[];
}
function field(key: string, values: readonly DocumentNode[], keys: readonly string[] = []): Field {
  return { key, values, keys };
}
/** The same whether the values come at once or one by one. */
function classFacts({ key, values, keys }: Field, size = values.length || 1) {
  const watch = new BodyWatch(around(key), OURS);
  for (let at = 0; at < values.length; at += size) {
    watch.add({ nodes: values.slice(at, at + size), owners: [], keys: at === 0 ? keys : [] });
  }
  return watch.classes("$.x");
}
const addresses = (count: number) => Array.from({ length: count }, (_, index) => `user.${String.fromCharCode(97 + (index % 26))}@acme.com`);
const stripe = `sk_live_${"a1B2c3D4".repeat(3)}`;

describe("classFacts", () => {
  it("reports what 60 % of the filled values agree on", () => {
    expect(classFacts(field("target", [...addresses(3), "bot", "bot", "", "  "]))).toEqual([
      { path: "$.x", class: "email", confidence: 0.97, count: 3, masked: false, sample: false, share: 0.6, length: "9-16" },
    ]);
  });

  it("trusts less what fewer agree on", () => {
    expect(classFacts(field("target", ["(415) 555-2671", "bot", "bot", "bot"]))).toMatchObject([{ class: "phone", share: 0.25 }]);
    expect(classFacts(field("target", ["(415) 555-2671", "bot", "bot", "bot"]))[0]?.confidence).toBeLessThan(0.25);
  });

  it("takes an address for one among whatever else, where it is no rarity", () => {
    expect(classFacts(field("target", [...addresses(1), "bot", "bot", "bot"]))).toMatchObject([
      { class: "email", confidence: 0.97, count: 1 },
    ]);
    const rare = [...addresses(1), ...Array.from({ length: 30 }, () => "bot")];
    expect(classFacts(field("target", rare))[0]?.confidence).toBeLessThan(0.1);
  });

  it("needs one secret among many values", () => {
    expect(classFacts(field("note", [...Array.from({ length: 2000 }, () => "fine"), stripe]))).toEqual([
      {
        path: "$.x",
        class: "api_key",
        confidence: 0.98,
        count: 1,
        masked: false,
        sample: false,
        note: "stripe",
        share: 0.001,
        length: "17-32",
      },
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
      { path: "$.x", class: "payment_card", confidence: 0.9, count: 2, masked: true, sample: false, share: 1, length: "9-16" },
    ]);
    expect(classFacts(field("pan", ["************4242", "XXXXXXXXXXXX1881"])).map((fact) => fact.class)).toEqual(["payment_card"]);
    expect(classFacts(field("pan", ["ABCDE****F", "*****1234K"])).map((fact) => fact.class)).toEqual(["national_id"]);
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
    expect(facts).toEqual([
      { path: "$.x", class: "phone", confidence: 0.85, count: 3, masked: false, sample: false, share: 1, length: "9-16" },
    ]);
  });

  it("ignores numbers whose digits were lost in reading", () => {
    expect(classFacts(field("card_number", [Number("6200000000000000005")]))).toEqual([]);
  });

  it("finds a secret wherever it stands, however the values come", () => {
    const many = Array.from({ length: 3000 }, (_, index) => (index === 1777 ? stripe : `note ${index}`));
    for (const size of [1, 100, 3000]) expect(classFacts(field("note", many), size)).toMatchObject([{ class: "api_key", count: 1 }]);
  });

  it("says how many there are of a long list of which it looked at some", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => (index % 2 === 0 ? `user.${index}@acme.com` : "none"));
    const [fact] = classFacts(field("login", many));
    expect(fact?.class).toBe("email");
    expect(fact?.count).toBeGreaterThan(4000);
    expect(fact?.count).toBeLessThan(6000);
    expect(classFacts(field("login", many), 777)).toEqual([fact]);
    expect(classFacts(field("login", many.slice(0, 100)))).toMatchObject([{ class: "email", count: 50, share: 0.5 }]);
  });

  it("looks at the last ones of a long list", () => {
    const many = [...Array.from({ length: 5000 }, () => "none"), ...addresses(10)];
    expect(classFacts(field("login", many))).toMatchObject([{ class: "email" }]);
  });

  it("keeps the length of what is short enough to be guessed to itself", () => {
    expect(classFacts(field("iban", ["DE46100500001234567890"]))).toMatchObject([{ class: "iban", length: "17-32" }]);
    expect(new ClassVotes("pin").fact("$.pin", { share: 1, scale: 1, agrees: true })).not.toHaveProperty("length");
    const votes = new ClassVotes("date_of_birth");
    votes.add({ class: "date_of_birth", confidence: 0.9, masked: false, embedded: false }, "1980-02-03");
    expect(votes.fact("$.dob", { share: 1, scale: 1, agrees: true })).not.toHaveProperty("length");
  });

  it("takes what is true of somebody for the fact it is, and no other truth, nor a switch among switches", () => {
    const classesOf = (body: unknown) =>
      classifyBody(Buffer.from(JSON.stringify(body)), { contentType: undefined, truncated: false, knownMaps: [] }).classes;
    const members = [true, false, true].map((union_member, at) => ({ number: at, union_member }));
    expect(classesOf(members)).toMatchObject([{ path: "$[].union_member", class: "trade_union", count: 2, masked: false }]);
    expect(classesOf([{ number: 1, union_member: false, email_verified: true }])).toEqual([]);
    expect(classesOf({ columns: { union_member: true, email: true } })).toEqual([]);
  });

  it("needs no agreement where each record names its own value", () => {
    const body = ["color red", "blood_type AB-", "size XL"].map((one) => ({ name: one.split(" ")[0], value: one.split(" ")[1] }));
    const { classes } = classifyBody(Buffer.from(JSON.stringify(body)), { contentType: undefined, truncated: false, knownMaps: [] });
    expect(classes).toMatchObject([{ path: "$[].value", class: "health_record", confidence: 0.92, count: 1 }]);
  });
});
