import { describe, expect, test } from "vitest";
import { parseInventory } from "../../src/inventory/parse.ts";
import { AUTH_ATTRIBUTES } from "../../src/model/integration.ts";

describe("what is declared of a credential", () => {
  test("may be every word of its list", () => {
    for (const [name, words] of Object.entries(AUTH_ATTRIBUTES)) {
      for (const word of words) expect([word, declared(`${name}: "${word}"`)]).toEqual([word, { [name]: word }]);
    }
  });

  test("may be a lifetime", () => {
    for (const lifetime of ["15m", "1h", "90d", "4w"]) expect(declared(`expiry: ${lifetime}`)).toEqual({ expiry: lifetime });
  });

  test("may be said as true and false, as JSON has it", () => {
    expect(declared("expiry: true, revocation: false, pkce: true, audience: yes, nonce: no")).toEqual({
      expiry: "yes",
      revocation: "no",
      pkce: "yes",
      audience: "yes",
      nonce: "no",
    });
  });

  test("is an error that names the nearest word", () => {
    expect(problem("scope: fin")).toMatchObject({
      path: "integrations[0].auth.attributes.scope",
      expected: "one of all, coarse, fine",
      found: '"fin"',
      suggestion: "fine",
    });
    expect(problem("expiry: optionl")).toMatchObject({
      expected: "one of no, optional, yes, a lifetime such as 1h or 90d",
      suggestion: "optional",
    });
    expect(problem("storage: key-fil")).toMatchObject({ suggestion: "key-file" });
    expect(problem("revocation: overlp")).toMatchObject({ expected: "one of no, yes, overlap", suggestion: "overlap" });
    expect(problem("algorithm: RS265")).toMatchObject({ suggestion: "RS256" });
    expect(problem("scop: fine")).toMatchObject({ suggestion: "scope" });
  });

  test.each(["expiry: 0h", "expiry: 1e9d", "scope: true", "storage: [shared]", "pkce: 1", "qop: no"])("refuses %s", (text) => {
    expect(problem(text).path).toMatch(/^integrations\[0\]\.auth\.attributes\./);
  });
});

function parsed(attributes: string) {
  return parseInventory(
    `version: 1\nintegrations:\n  - { id: acme, baseUrl: "https://api.acme.example", auth: { scheme: bearer, attributes: { ${attributes} } } }\n`,
    "apirisk.yaml",
  );
}

function declared(attributes: string) {
  const inventory = parsed(attributes);
  return inventory.ok ? inventory.value.integrations[0]?.auth.attributes : inventory.error;
}

function problem(attributes: string) {
  const inventory = parsed(attributes);
  if (inventory.ok || inventory.error[0] === undefined) throw new Error(`${attributes} is no problem`);
  return inventory.error[0];
}

describe("what is declared of signatures", () => {
  const signing = (text: string, scheme = "hmac") =>
    parseInventory(
      `version: 1\nintegrations:\n  - { id: acme, baseUrl: "https://api.acme.example", auth: { scheme: ${scheme}, signing: { ${text} } } }\n`,
      "apirisk.yaml",
    );

  test.each([
    ["hmac", 'template: "{timestamp}.{body}", header: X-Signature, timestampFormat: unix-ms, prefix: "sha256="'],
    ["hmac", 'template: "{method}\\n{{{target}}}", header: X-Signature'],
    ["hmac", 'template: "{body}", header: X-Signature, keyEncoding: base64url'],
    ["sigv4", "service: execute-api, region: eu-west-1"],
  ])("of %s: %s", (scheme, text) => {
    expect(signing(text, scheme)).toMatchObject({ ok: true });
  });

  test.each([
    ["hmac", 'template: "{timestamp}.{boddy}", header: X-A', { found: "an unknown placeholder at character 13", suggestion: "body" }],
    ["hmac", 'template: "{my-own-secret}", header: X-A', { found: "an unknown placeholder at character 1" }],
    ["hmac", 'template: "a}b", header: X-A', { found: "a single brace at character 2" }],
    ["hmac", "header: X-A", { expected: "template, which hmac needs", found: "nothing" }],
    ["sigv4", "service: s3", { expected: "region, which sigv4 needs" }],
    ["bearer", "service: s3", { expected: "a scheme that signs: sigv4 or hmac", found: "another scheme" }],
    ["hmac", 'template: "{body}", header: X-A, algorithm: sha265', { suggestion: "sha256" }],
    ["hmac", 'template: "{body}", header: X-A, keyEncoding: base46', { suggestion: "base64" }],
    ["hmac", 'template: "{body}", header: X-A, encodng: hex', { suggestion: "encoding" }],
  ])("is refused of %s: %s", (scheme, text, problem) => {
    const read = signing(text, scheme);
    expect(read).toMatchObject({ ok: false, error: [{ line: 3, ...problem }] });
    expect(JSON.stringify(read)).not.toContain("my-own-secret");
  });
});
