import { describe, expect, it } from "vitest";
import { credentialPrefixes, credentialPrefixOf } from "../../src/catalog/credential-prefixes.ts";

const letters = (count: number) => "aB3dE5fG7hJ9kL1m".repeat(20).slice(0, count);
const hex = (count: number) => "9f86d081884c7d65".repeat(20).slice(0, count);
const UUID = "7e8b1c7a-91c4-4d6a-9f0e-2b8a6c1d3e5f";

describe("the table of credentials", () => {
  it.each([
    [`sk_live_${letters(24)}`, "stripe", "secret"],
    [`sk_test_${letters(24)}`, "stripe", "test"],
    [`pk_live_${letters(24)}`, "stripe", "publishable"],
    [`ghp_${letters(36)}`, "github", "personal"],
    [`github_pat_${letters(22)}_${letters(59)}`, "github", "personal"],
    [`xoxb-${letters(40)}`, "slack", "secret"],
    [`xoxp-${letters(40)}`, "slack", "personal"],
    [`AC${hex(32)}`, "twilio", "identifier"],
    [`AC${hex(32)}:${hex(32)}`, "twilio", "legacy"],
    [`u+${letters(18)}`, "pagerduty", "personal"],
    [`SK${hex(32)}`, "twilio", "identifier"],
    [`sk-proj-${letters(40)}`, "openai", "secret"],
    [`sk-${letters(20)}T3BlbkFJ${letters(20)}`, "openai", "legacy"],
    [`sk-ant-api03-${letters(93)}AA`, "anthropic", "secret"],
    ["AKIAQ3EGSWPLMZT2K7XN", "aws", "identifier"],
    [`access-sandbox-${UUID}`, "plaid", "test"],
    [`access-production-${UUID}`, "plaid", "secret"],
    [`secret_${letters(43)}`, "notion", "legacy"],
    [`ntn_${letters(46)}`, "notion", "secret"],
    [`key-${hex(32)}`, "mailgun", "legacy"],
    [`${hex(32)}-us14`, "mailchimp", "secret"],
    [`pk.eyJ${letters(40)}.${letters(22)}`, "mapbox", "publishable"],
    [`123456789:${letters(35)}`, "telegram", "secret"],
    [`glpat-${letters(20)}`, "gitlab", "personal"],
    [`NRAK-${"A1B2C3D4E5".repeat(3).slice(0, 27)}`, "newrelic", "personal"],
  ])("knows %s", (text, provider, kind) => {
    expect(credentialPrefixOf(text)).toMatchObject({ provider, class: kind });
  });

  it.each([["sk_live_"], [`ghp_${letters(35)}`], [`xghp_${letters(36)}`], [`ghp_${letters(36)} `], [hex(32)], [""], ["sk-".repeat(1000)]])(
    "is silent about %s",
    (text) => {
      expect(credentialPrefixOf(text)).toBeUndefined();
    },
  );

  it("lists nothing twice, sorted, and names a host of each", () => {
    const rows = credentialPrefixes().map(({ provider, prefix, rest }) => `${provider} ${prefix} ${rest}`);
    expect(new Set(rows).size).toBe(rows.length);
    const providers = credentialPrefixes().map(({ provider }) => provider);
    expect(providers).toEqual([...providers].sort());
    expect(credentialPrefixes().filter(({ hosts }) => hosts.length === 0)).toEqual([]);
  });

  it("has no shape that is of two providers", () => {
    const prefixes = credentialPrefixes().filter(({ prefix }) => prefix !== "");
    const clashes = prefixes.filter((one) => prefixes.some((other) => other.prefix === one.prefix && other.provider !== one.provider));
    expect(clashes).toEqual([]);
  });
});
