import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { classifyBody } from "../../../../../src/observe/classify/classify-body.ts";
import { apiKey } from "../../../../../src/observe/classify/detectors/secret/api-key.ts";
import { asker } from "../support.ts";

const ask = asker(apiKey);
/** Shapes are put together here so that no scanner takes this file for a leak. */
const of = (prefix: string, length: number, alphabet = "a1B2c3D4e5F6g7H8") => prefix + alphabet.repeat(40).slice(0, length);
const hex = (prefix: string, length: number) => of(prefix, length, "0a1b2c3d4e5f6789");

describe("api_key by vendor", () => {
  it.each([
    ["stripe", of("sk_live_", 24)],
    ["stripe", of("rk_live_", 24)],
    ["google", of("AIza", 35)],
    ["sendgrid", `${of("SG.", 22)}.${of("", 43)}`],
    ["slack", `${of("xoxb-123456789012-", 24)}`],
    ["gitlab", of("glpat-", 20)],
    ["openai", of("sk-proj-", 48)],
    ["anthropic", of("sk-ant-api03-", 80)],
    ["digitalocean", hex("dop_v1_", 64)],
    ["shopify", hex("shpat_", 32)],
    ["mailchimp", `${hex("", 32)}-us21`],
    ["cloudflare", of("cfut_", 48)],
    ["duffel", of("duffel_live_", 43)],
    ["easypost", of("EZAK", 54)],
    ["hubspot", "pat-na1-3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a"],
    ["shippo", hex("shippo_live_", 40)],
    ["openrouter", hex("sk-or-v1-", 64)],
    ["pinecone", `${of("pcsk_", 6)}_${of("", 60)}`],
    ["telegram", `123456789:${of("AA", 33)}`],
    ["vault", of("hvs.", 30)],
    ["databricks", hex("dapi", 32)],
    ["github", `${of("github_pat_", 22)}_${of("", 59)}`],
  ])("knows %s's", (vendor, key) => {
    expect(ask(key)).toMatchObject({ confidence: 0.98, note: vendor, sample: false });
  });

  it("checks the checksum that GitHub and npm put at the end", () => {
    const random = of("", 30);
    const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let rest = crc32(random);
    let checksum = "";
    for (let digit = 0; digit < 6; digit += 1) {
      checksum = alphabet.charAt(rest % 62) + checksum;
      rest = Math.floor(rest / 62);
    }
    expect(ask(`ghp_${random}${checksum}`)).toMatchObject({ confidence: 0.98, note: "github", sample: false });
    expect(ask(`npm_${random}${checksum}`)).toMatchObject({ confidence: 0.98, note: "npm", sample: false });
    expect(ask(`ghp_${random}000000`)).toMatchObject({ confidence: 0.8, note: "github", sample: false });
  });

  it("calls an AWS key id a leak only beside its secret half", () => {
    const id = of("AKIA", 16, "ABCDEFGH234567QR");
    expect(ask(id, "AccessKeyId")).toMatchObject({ confidence: 0.5, note: "aws", sample: false });
    expect(ask(id, "AccessKeyId", [], ["SecretAccessKey"])).toMatchObject({ confidence: 0.9, note: "aws", sample: false });
    expect(ask(of("", 40), "SecretAccessKey")).toMatchObject({ confidence: 0.97, note: "aws", sample: false });
  });

  it.each([
    ["sandbox", of("sk_test_", 24)],
    ["documentation", "AKIAIOSFODNN7EXAMPLE"],
    ["documentation", of("sk_live_EXAMPLE", 20)],
  ])("marks keys of a %s", (_why, key) => {
    expect(ask(key)).toMatchObject({ sample: true });
  });

  it.each([of("pk_live_", 24), of("ghx_", 36), "SG.short.short", "sk_live_", "AKIA", "xoxb-", of("sk-", 12)])("is not %s", (text) => {
    expect(ask(text)).toBeUndefined();
  });
});

describe("api_key by name", () => {
  it.each(["api_key", "apiKey", "x-api-key", "secretAccessKey"])("takes an opaque text under %s", (key) => {
    expect(ask("q7Zp2LmX9vKd4RtB", key)).toMatchObject({ confidence: 0.95 });
  });

  it.each([
    ["a UUID", "3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", 0.86],
    ["one kind of letters", "qwzkplmxtrvbndsghfjc", 0.81],
    ["a placeholder", "your-api-key-here", 0.76],
  ])("is less sure of %s", (_what, text, confidence) => {
    expect(ask(text, "api_key")).toMatchObject({ confidence });
  });

  it("takes a bare key in a list of API keys, and a bare secret beside its key", () => {
    expect(ask("q7Zp2LmX9vKd4RtBw8Yn", "key", ["api_keys"])).toMatchObject({ confidence: 0.8 });
    expect(ask("q7Zp2LmX9vKd4RtBw8Yn", "key", [], ["scopes"])).toMatchObject({ confidence: 0.8 });
    expect(ask("q7Zp2LmX9vKd4RtBw8Yn", "key", ["objects"], ["size"])).toBeUndefined();
    expect(ask("q7Zp2LmX9vKd4RtBw8Yn", "secret", [], ["api_key"])).toMatchObject({ confidence: 0.95 });
  });

  it("takes one of a pair of keys where it is as long as machines make them", () => {
    expect(ask(`${of("", 43)}=`, "primaryKey")).toMatchObject({ confidence: 0.85 });
    expect(ask("account_id", "primary_key")).toBeUndefined();
    expect(ask("q7Zp2LmX9vKd4RtBw8Yn", "primary_key")).toBeUndefined();
  });

  it("takes a bare key in a resource of that type", () => {
    const body = { data: [{ type: "api_keys", attributes: { name: "ci", key: "q7Zp2LmX9vKd4RtBw8Yn" } }] };
    const { classes } = classifyBody(Buffer.from(JSON.stringify(body)), { contentType: undefined, truncated: false, knownMaps: [] });
    expect(classes).toEqual([expect.objectContaining({ path: "$.data[].attributes.key", class: "api_key", confidence: 0.8 })]);
  });

  it.each([
    ["api_key_id", "q7Zp2LmX9vKd4RtB"],
    ["api_key_name", "q7Zp2LmX9vKd4RtB"],
    ["api_key_last4", "q7Zp2LmX9vKd4RtB"],
    ["public_api_key", "q7Zp2LmX9vKd4RtB"],
    ["api_key", "Production key"],
    ["api_key", "production-server-key"],
    ["api_key", "pk_live_q7Zp2LmX9vKd4RtB"],
    ["partition_key", "q7Zp2LmX9vKd4RtB"],
    ["api_key", "https://acme.com/key1"],
    ["api_key", "required"],
    ["etag", "87c568e037a5fa50b1bc911e8ee19a77"],
  ])("takes nothing under %s from %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
