import { describe, expect, it } from "vitest";
import { cookieFacts, isFromCache } from "../../src/evidence/answer-facts.ts";

const setting = (...values: readonly string[]) => cookieFacts(values.map((value) => ["set-cookie", value] as const));

describe("cookieFacts", () => {
  it.each([
    ["JSESSIONID=abc; Path=/", { purpose: "session", secure: false, httpOnly: false }],
    ["__Host-session=abc; SECURE; httponly; samesite=Strict", { purpose: "session", secure: true, httpOnly: true, sameSite: "strict" }],
    ["AWSALBCORS=abc; SameSite=None; Secure", { purpose: "balancer", secure: true, httpOnly: false, sameSite: "none" }],
    ["BIGipServerpool_api=1.2.3", { purpose: "balancer", secure: false, httpOnly: false }],
    ["incap_ses_1234_56=x; SameSite=Sideways", { purpose: "balancer", secure: false, httpOnly: false }],
    ["theme=secure; Domain=.acme.example", { purpose: "other", secure: false, httpOnly: false }],
    ["x=; Secure=yes", { purpose: "other", secure: true, httpOnly: false }],
  ])("of %j", (value, fact) => {
    expect(setting(value)).toEqual([fact]);
  });

  it.each(["sid=x; Max-Age=0", "sid=x; max-age=-1", "sid=x; Expires=Thu, 01-Jan-1970 00:00:00 GMT", "no cookie", "=x", "", ";Secure"])(
    "sees none in %j",
    (value) => {
      expect(setting(value)).toEqual([]);
    },
  );

  it("keeps alike ones once, in one order, and no more than twenty", () => {
    expect(setting("b=1", "a=2; Secure", "c=3")).toEqual(setting("a=9; Secure", "z=8"));
    expect(setting(...Array.from({ length: 500 }, (_, n) => `sid${n}=1`))).toHaveLength(1);
  });

  it("keeps neither name nor value nor domain", () => {
    expect(JSON.stringify(setting("canary-name=canary-value; Domain=canary.example; Path=/canary"))).not.toContain("canary");
  });
});

it.each([
  ["1", true],
  [" 3600 ", true],
  ["0", false],
  ["-1", false],
  ["1e3", false],
  ["", false],
  ["9".repeat(5000), false],
])("an answer of age %j comes from a cache: %s", (age, expected) => {
  expect(isFromCache([["age", age]])).toBe(expected);
});
