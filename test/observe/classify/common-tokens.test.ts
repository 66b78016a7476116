import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keySetFacts } from "../../../src/observe/classify/jwks.ts";
import { serverMetadataFacts } from "../../../src/observe/classify/oauth-metadata.ts";
import { tokenFacts } from "../../../src/observe/classify/token-facts.ts";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = (claims: unknown) => `${part({ alg: "RS256", typ: "JWT", kid: "a" })}.${part(claims)}.${"A".repeat(342)}`;
const QUESTION = { audiences: [], guess: true, host: "api.acme.example" };

/** As the machine tokens of common issuers are, with nobody's values. */
const MACHINES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "Microsoft Entra": {
    aud: "api://7e8b1c7a-91c4-4d6a-9f0e-2b8a6c1d3e5f",
    iss: "https://sts.windows.net/0f9d3c2b-1a7e-4b6c-8d5f-9e0a1b2c3d4e/",
    iat: 1790000000,
    nbf: 1790000000,
    exp: 1790003900,
    aio: "E2ZgYJjzJ3HqgWmXVd+eX3hZkX0kAwA=",
    appid: "5b1c7a7e-c491-6a4d-0e9f-8a2b1d6c5f3e",
    appidacr: "1",
    idp: "https://sts.windows.net/0f9d3c2b-1a7e-4b6c-8d5f-9e0a1b2c3d4e/",
    oid: "c2b0f9d3-7e1a-6c4b-5f8d-1b2c9e0a3d4e",
    rh: "0.AXkAKzydD34abEuNX54KGyw9TnwabV6RxGpNn4YqjBwdPl_5AAA.",
    roles: ["Orders.Read.All"],
    sub: "c2b0f9d3-7e1a-6c4b-5f8d-1b2c9e0a3d4e",
    tid: "0f9d3c2b-1a7e-4b6c-8d5f-9e0a1b2c3d4e",
    uti: "q1W2e3R4t5Y6u7I8o9P0AA",
    ver: "1.0",
  },
  Auth0: {
    iss: "https://acme.eu.auth0.com/",
    sub: "kX9fQ2mZ7aLw4RbT8vYc1NhJ6uPdE3sG@clients",
    aud: "https://api.acme.example/",
    iat: 1790000000,
    exp: 1790086400,
    azp: "kX9fQ2mZ7aLw4RbT8vYc1NhJ6uPdE3sG",
    scope: "read:orders",
    gty: "client-credentials",
  },
  Okta: {
    ver: 1,
    jti: "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
    iss: "https://acme.okta.com/oauth2/default",
    aud: "api://default",
    iat: 1790000000,
    exp: 1790003600,
    cid: "0oa1a2b3c4d5e6f7g8h9",
    scp: ["orders.read"],
    sub: "0oa1a2b3c4d5e6f7g8h9",
  },
  Google: {
    iss: "https://accounts.google.com",
    azp: "108734562910283746510",
    aud: "https://api.acme.example",
    sub: "108734562910283746510",
    iat: 1790000000,
    exp: 1790003600,
  },
  Keycloak: {
    exp: 1790000300,
    iat: 1790000000,
    jti: "7e8b1c7a-91c4-4d6a-9f0e-2b8a6c1d3e5f",
    iss: "https://sso.acme.example/realms/acme",
    aud: "account",
    sub: "c2b0f9d3-7e1a-4c4b-9f8d-1b2c9e0a3d4e",
    typ: "Bearer",
    azp: "billing",
    acr: "1",
    realm_access: { roles: ["offline_access", "uma_authorization"] },
    scope: "profile email",
    clientHost: "192.0.2.7",
    email_verified: false,
    preferred_username: "service-account-billing",
  },
};

describe("tokens of machines, from common issuers", () => {
  it.each(Object.entries(MACHINES))("%s: nothing of a person, every name shown", (_name, claims) => {
    const { claims: facts } = tokenFacts(token(claims), QUESTION);
    expect(facts?.sensitive).toEqual([]);
    expect(facts?.names).toEqual(Object.keys(claims).sort());
    expect(facts?.malformed).toEqual([]);
    expect(facts?.scopes).not.toContain("[masked]");
  });
});

describe("whatever comes", () => {
  it("is read without a throw, and is bounded", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: "binary" })), (text) => {
        const read = [
          tokenFacts(text, QUESTION),
          tokenFacts(token(text), QUESTION),
          keySetFacts(text),
          serverMetadataFacts(text, undefined),
        ];
        expect(JSON.stringify(read).length).toBeLessThan(10_000);
      }),
    );
  });

  it("gives away no value of a claim, whatever its name", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.stringMatching(/^[a-z0-9]{12,40}$/), { maxKeys: 8 }), (claims) => {
        const { scope: _scope, scp: _scp, roles: _roles, permissions: _permissions, ...others } = claims;
        const seen = JSON.stringify(tokenFacts(token(others), QUESTION));
        for (const [name, value] of Object.entries(others)) if (name !== value) expect(seen).not.toContain(value);
      }),
    );
  });
});
