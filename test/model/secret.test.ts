import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Secret } from "../../src/model/secret.ts";

const PREFIXES = ["sk_live_", "sk_", "ghp_"];
const imitation = (text: string) => new Secret(text).imitation(PREFIXES, randomBytes).reveal();

describe("an imitation", () => {
  it.each([
    ["a key with a prefix", "sk_live_4eC39HqLyjWDarjtT1zdp7dc", /^sk_live_[A-Za-z0-9]{24}$/],
    ["hexadecimal", "0123456789abcdef0123456789abcdef", /^[0-9a-f]{32}$/],
    ["digits", "12345678901234567890", /^\d{20}$/],
    ["capitals and digits", "AB12CD34EF56GH78JK90LM", /^[A-Z0-9]{22}$/],
    ["base64url", "ab_cd-EF12ab_cd-EF12ab_cd", /^[\w-]{25}$/],
    ["base64 with padding", "aGVsbG8gd29ybGQgaGVsbG8gd28/+w==", /^[A-Za-z0-9+/]{30}==$/],
    ["a UUID", "0f8fad5b-d9cb-469f-a165-70867728950e", /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
    ["a user and a password", "auditor:c4n4rypass0123456789", /^[a-z]{7}:[a-z0-9]{20}$/],
    ["a password with odd characters", "p@ss wörd! p@ss wörd!", /^[A-Za-z0-9]{21}$/],
    ["something short, which is made longer", "abc", /^[0-9a-f]{20}$/],
    ["nothing", "", /^[a-z0-9]{20}$/],
  ])("of %s looks like it", (_, text, like) => {
    expect(imitation(text)).toMatch(like);
    expect(imitation(text)).not.toBe(imitation(text));
  });

  it("of a JWT has its three parts, and nobody can read a claim in it", () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const real = `${part({ alg: "RS256", typ: "JWT" })}.${part({ sub: "acme", scope: "all" })}.${"sIg-_".repeat(40)}`;
    const parts = imitation(real).split(".");
    expect(parts.map(({ length }) => length)).toEqual(real.split(".").map(({ length }) => length));
    for (const text of parts) expect(() => JSON.parse(Buffer.from(text, "base64url").toString("utf8"))).toThrow();
    expect(imitation(real)).not.toMatch(/^eyJ/);
  });

  it("shares nothing with the secret but the longest public prefix", () => {
    const real = `sk_live_${"Zz9Qx7Wv5Ut3Sr1P".repeat(2)}`;
    for (let time = 0; time < 50; time += 1) {
      const made = imitation(real);
      expect(made.startsWith("sk_live_")).toBe(true);
      expect([...made].filter((character, at) => at >= 8 && character === real[at]).length).toBeLessThan(12);
    }
  });

  it("is drawn again where it comes near", () => {
    const real = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const sources = [(octets: number) => new Uint8Array(octets), (octets: number) => new Uint8Array(octets).fill(7)];
    let turn = 0;
    const random = (octets: number) => (sources[turn++] ?? randomBytes)(octets);
    // Lower case from octets of zero would be "aaa..."; from hexadecimal digits "000...".
    const made = new Secret(`${real}z`).imitation([], random).reveal();
    expect(turn).toBe(2);
    expect(made).not.toContain("aaa");
  });

  it("is not made at all by a source that gives no chance", () => {
    expect(() => new Secret(`${"a".repeat(29)}z`).imitation([], (octets) => new Uint8Array(octets))).toThrow("random");
  });

  it("is made of what is nearly all separators, too", () => {
    expect(imitation(":".repeat(30))).toMatch(/^[a-zA-Z0-9]{30}$/);
    expect(imitation("a:.:.:.:.:.:.:.:.:.:.:")).toMatch(/^[a-zA-Z0-9]{22}$/);
  });

  it("is a secret itself", () => {
    expect(`${new Secret("sk_live_4eC39HqLyjWDarjtT1zdp7dc").imitation(PREFIXES, randomBytes)}`).toBe("[secret]");
  });
});
