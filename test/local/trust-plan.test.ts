import { expect, test } from "vitest";
import { parseInventory } from "../../src/inventory/parse.ts";
import { addBindings, NO_TRUST } from "../../src/local/bindings.ts";
import { proposeBindings } from "../../src/local/trust-plan.ts";

const TEXT = `version: 1
integrations:
  - id: acme
    baseUrl: https://api.acme.example/v1
    additionalUrls: [{ url: https://eu.acme.example }, { url: https://api.acme.example/v2 }, { url: http://old.acme.example }]
    auth:
      credential: env:ACME
      auditCredential: env:ACME_AUDIT
      token: { url: https://auth.acme.example/token, clientAuth: client_secret_basic }
  - { id: open, baseUrl: https://open.example }
  - { id: plain, baseUrl: http://plain.example, auth: { credential: env:PLAIN } }
  - { id: mutual, baseUrl: https://m.example, auth: { clientCertificate: { cert: file:a.crt, key: file:a.key } } }
  - { id: twin, baseUrl: https://api.acme.example, auth: { credential: env:ACME } }
`;

function integrations() {
  const inventory = parseInventory(TEXT, "apirisk.yaml");
  if (!inventory.ok) throw new Error(JSON.stringify(inventory.error));
  return inventory.value.integrations;
}

test("every reference with every https origin that it would go to, once per integration", () => {
  const trust = addBindings(NO_TRUST, [{ reference: "env:ACME", origin: "https://api.acme.example" }], 0);
  expect(proposeBindings(integrations(), trust).map((pair) => Object.values(pair).join(" "))).toEqual([
    "acme env:ACME https://api.acme.example api true",
    "acme env:ACME https://eu.acme.example api false",
    "acme env:ACME https://auth.acme.example token false",
    "acme env:ACME_AUDIT https://api.acme.example api false",
    "acme env:ACME_AUDIT https://eu.acme.example api false",
    "acme env:ACME_AUDIT https://auth.acme.example token false",
    "mutual file:a.crt https://m.example api false",
    "mutual file:a.key https://m.example api false",
    "twin env:ACME https://api.acme.example api true",
  ]);
});

test("nothing is asked for, nothing is proposed", () => {
  expect(proposeBindings([], NO_TRUST)).toEqual([]);
  expect(
    proposeBindings(
      integrations().filter(({ id }) => id === "open"),
      NO_TRUST,
    ),
  ).toEqual([]);
});
