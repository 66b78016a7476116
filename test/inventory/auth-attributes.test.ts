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
