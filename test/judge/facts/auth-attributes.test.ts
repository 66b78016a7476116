import { describe, expect, it } from "vitest";
import { AUTH_CAPS, AUTH_LEVELS, AUTH_QUESTIONS } from "../../../src/catalog/auth-schemes.ts";
import { attributesOf, authAttributes } from "../../../src/judge/facts/auth-attributes.ts";
import { strengthOf } from "../../../src/judge/facts/auth-strength.ts";
import { AUTH_ATTRIBUTES, type AUTH_LOCATIONS, AUTH_SCHEMES, type IntegrationAuth } from "../../../src/model/integration.ts";
import { anIntegration } from "../builders.ts";

const FINE = { scope: "fine", revocation: "overlap" };
const by = (clientAuth: string) => ({ url: "https://auth.acme.example/token", clientAuth, scopes: [] });

/** Declared, the levels of the first four questions and of the end, the caps, and the score. */
const CASES: readonly (readonly [declared: Partial<IntegrationAuth>, levels: string, caps: string, score: string])[] = [
  [{ scheme: "none" }, "nothing n/a n/a none no", "no-auth", "0.0 F"],
  [
    { scheme: "ip-allow-list", attributes: { scope: "all", expiry: "no", revocation: "yes" } },
    "nothing none n/a ip no",
    "address-only",
    "2.0 E",
  ],
  [key("path", { scope: "all", expiry: "no", revocation: "yes" }), "root-url shared provider random no", "in-url", "2.4 E"],
  [key("body", { scope: "coarse", expiry: "no", revocation: "yes" }), "root-body shared provider random no", "", "3.3 D"],
  [key("cookie", { scope: "coarse", expiry: "no", revocation: "yes" }), "root-cookie shared provider random no", "", "3.1 D"],
  [key("header", { ...FINE, expiry: "yes" }), "root-hdr shared-forced-rotation provider random yes", "", "4.6 D"],
  [key("header", { ...FINE, expiry: "365d", storage: "ip-restricted" }), "root-hdr shared+ip provider random yes", "", "4.9 D"],
  [
    { scheme: "basic", attributes: { storage: "password", scope: "all", expiry: "no", revocation: "yes" } },
    "root-hdr password any password no",
    "password",
    "1.1 E",
  ],
  [
    { scheme: "digest", attributes: { algorithm: "MD5", qop: "none", storage: "password", scope: "all", expiry: "no", revocation: "yes" } },
    "proof-weak password provider md5 no",
    "digest-md5 digest-no-qop",
    "2.5 E",
  ],
  [
    {
      scheme: "digest",
      attributes: { algorithm: "SHA-256", qop: "auth", storage: "password", scope: "all", expiry: "no", revocation: "yes" },
    },
    "proof-nonce password provider sha256-pw no",
    "",
    "4.4 D",
  ],
  [
    { scheme: "ntlm", attributes: { scope: "all", expiry: "no", revocation: "yes" } },
    "proof-nonce password any md5 no",
    "relayable",
    "3.0 D",
  ],
  [
    { scheme: "kerberos", attributes: { scope: "all", expiry: "yes", revocation: "yes", storage: "key-file" } },
    "proof-nonce key-file sym-proof random yes",
    "",
    "6.9 C",
  ],
  [
    { scheme: "bearer", attributes: { ...FINE, expiry: "90d", storage: "shared" } },
    "bearer-90d shared-forced-rotation provider random yes",
    "",
    "4.8 D",
  ],
  [
    {
      scheme: "bearer",
      attributes: { storage: "shared", algorithm: "HS256", audience: "no", expiry: "no", scope: "coarse", revocation: "no" },
    },
    "bearer-inf shared bearer-noaud hs no",
    "",
    "2.8 E",
  ],
  [
    {
      scheme: "bearer",
      attributes: { storage: "shared", algorithm: "RS256", audience: "no", expiry: "24h", scope: "coarse", revocation: "no" },
    },
    "bearer-24h shared-forced-rotation bearer-noaud rs yes",
    "",
    "4.6 D",
  ],
  [
    {
      scheme: "jwt-bearer",
      attributes: { storage: "shared", algorithm: "RS256", audience: "no", expiry: "24h", scope: "coarse", revocation: "no" },
    },
    "bearer-24h shared bearer-noaud rs yes",
    "",
    "4.3 D",
  ],
  [
    { scheme: "bearer", attributes: { ...FINE, expiry: "1h", storage: "shared", audience: "yes", algorithm: "ES256" } },
    "bearer-1h shared-forced-rotation bearer-aud rs yes",
    "",
    "6.3 C",
  ],
  [
    { scheme: "bearer", in: "query", attributes: { ...FINE, expiry: "1h", storage: "shared" } },
    "bearer-1h-url shared-forced-rotation provider random yes",
    "in-url",
    "3.0 D",
  ],
  [
    {
      scheme: "jwt-bearer",
      attributes: { algorithm: "none", storage: "shared", audience: "no", expiry: "1h", scope: "coarse", revocation: "no" },
    },
    "bearer-1h shared bearer-noaud none yes",
    "forgeable",
    "0.5 F",
  ],
  [
    { scheme: "jwt-bearer", attributes: { ...FINE, algorithm: "RS256", storage: "key-file", audience: "yes", expiry: "1h" } },
    "bearer-1h key-file bearer-aud rs yes",
    "",
    "6.7 C",
  ],
  [grant("oauth2-client-credentials", "client_secret_jwt", { storage: "shared" }), "bearer-1h shared bearer-aud hs yes", "", "5.5 C"],
  [grant("oauth2-client-credentials", "client_secret_basic", { storage: "shared" }), "bearer-1h shared bearer-aud random yes", "", "5.6 C"],
  [
    grant("oauth2-client-credentials", "private_key_jwt", { storage: "key-hardware", algorithm: "PS256" }),
    "bearer-1h key-hw bearer-aud ps-ed yes",
    "",
    "7.8 B",
  ],
  [
    grant("oauth2-code", "client_secret_post", { storage: "shared", pkce: "no" }),
    "bearer-1h shared bearer-aud random yes",
    "no-pkce",
    "5.0 C",
  ],
  [grant("oauth2-code", "client_secret_post", { storage: "shared", pkce: "yes" }), "bearer-1h shared bearer-aud random yes", "", "5.6 C"],
  [grant("oauth2-password", "client_secret_post", {}), "bearer-1h password bearer-aud password yes", "password-grant", "3.0 D"],
  [
    { scheme: "oauth2-implicit", attributes: { ...FINE, expiry: "1h", audience: "no", algorithm: "RS256" } },
    "bearer-1h-url none bearer-noaud rs yes",
    "implicit",
    "3.0 D",
  ],
  [
    { scheme: "session-cookie", attributes: { scope: "all", expiry: "24h", revocation: "yes", storage: "password" } },
    "bearer-24h password bearer-aud random yes",
    "password-for-session",
    "3.8 D",
  ],
  [
    { scheme: "mtls", attributes: { scope: "all", revocation: "overlap", storage: "key-file" } },
    "channel key-file channel x509 yes",
    "",
    "8.2 B",
  ],
  [
    { scheme: "dpop", token: by("private_key_jwt"), attributes: { ...FINE, expiry: "1h", storage: "key-file", algorithm: "EdDSA" } },
    "pop-token key-file asym-proof ps-ed yes",
    "",
    "8.4 B",
  ],
  [{ scheme: "sigv4", attributes: { ...FINE, expiry: "no", storage: "shared" } }, "proof-ts shared sym-proof random no", "", "6.2 C"],
  [
    { scheme: "sigv4", in: "query", attributes: { scope: "fine", revocation: "no", expiry: "1h", storage: "shared" } },
    "bearer-1h-url shared bearer-aud random yes",
    "",
    "4.4 D",
  ],
  [
    { scheme: "hmac", attributes: { scope: "coarse", expiry: "no", revocation: "yes", nonce: "no", storage: "shared" } },
    "proof-ts shared sym-proof random no",
    "",
    "5.7 C",
  ],
  [
    { scheme: "hawk", attributes: { scope: "coarse", expiry: "no", revocation: "yes", storage: "shared" } },
    "proof-nonce shared sym-proof random no",
    "",
    "6.0 C",
  ],
  [
    {
      scheme: "http-signature",
      attributes: { scope: "coarse", expiry: "optional", revocation: "overlap", nonce: "yes", algorithm: "Ed25519", storage: "key-file" },
    },
    "proof-nonce key-file asym-proof ps-ed opt",
    "",
    "7.9 B",
  ],
  [
    {
      scheme: "http-signature",
      attributes: { scope: "coarse", expiry: "no", revocation: "yes", nonce: "yes", algorithm: "HS256", storage: "shared" },
    },
    "proof-nonce shared sym-proof random no",
    "",
    "6.0 C",
  ],
];

describe("a scheme as it is declared", () => {
  it.each(CASES.map(([declared, ...rest]) => [`${declared.scheme} ${rest[0]}`, declared, ...rest] as const))(
    "%s",
    (_name, declared, levels, caps, score) => {
      const attributes = told(attributesOf(auth(declared)));
      const { answers } = attributes;
      expect([answers.observer, answers.thief, answers.recipient, answers.forger, answers.expiry].map(({ low }) => low).join(" ")).toBe(
        levels,
      );
      expect(attributes.caps.map(({ cap }) => cap).join(" ")).toBe(caps);
      const { low, high } = strengthOf(attributes);
      expect(`${low.value.toFixed(1)} ${low.band}`).toBe(score);
      expect(high).toEqual(low);
    },
  );

  it("has no strength where nothing is declared, and that of a key where a credential is", () => {
    expect(attributesOf(auth({}))).toBeUndefined();
    expect(attributesOf(auth({ attributes: FINE }))).toBeUndefined();
    expect(told(attributesOf(auth({ credential: "env:KEY" }))).answers.observer).toEqual({
      low: "root-url",
      high: "root-hdr",
      unknown: ["in"],
    });
  });

  it("counts what is not declared as its lowest level, and names the key that would tell", () => {
    const { low, high, unknown } = strengthOf(told(attributesOf(auth({ scheme: "api-key", in: "header" }))));
    expect([low.value, high.value]).toEqual([2.8, 4.9]);
    expect(unknown).toEqual(["attributes.expiry", "attributes.revocation", "attributes.scope", "attributes.storage"]);
  });

  it("takes words of an older configuration that it does not know for not said", () => {
    const strange = { scope: "tiny", expiry: "soon", storage: "__proto__", algorithm: "constructor", constructor: "x" };
    expect(strengthOf(told(attributesOf(auth({ scheme: "bearer", attributes: strange }))))).toEqual(
      strengthOf(told(attributesOf(auth({ scheme: "bearer" })))),
    );
  });

  it("is worth little where anything of it is sent in the clear", () => {
    const clear = (changes: object) => authAttributes(anIntegration(changes))?.caps.map(({ cap }) => cap);
    expect(clear({ baseUrl: "http://api.acme.example" })).toEqual(["cleartext"]);
    expect(clear({ additionalUrls: [{ url: "http://eu.acme.example" }] })).toEqual(["cleartext"]);
    const token = { ...by("client_secret_post"), url: "http://auth.acme.example" };
    expect(clear({ auth: auth({ scheme: "bearer", token }) })).toEqual(["cleartext"]);
    expect(clear({ baseUrl: "http://api.acme.example", auth: auth({ scheme: "none" }) })).toEqual(["no-auth"]);
    expect(clear({})).toEqual([]);
  });

  it("never comes out higher at its low end than at its high end, whatever is left out", () => {
    let seen = 0;
    for (const declared of everything()) {
      const attributes = told(attributesOf(declared));
      const { terms, low, high } = strengthOf(attributes);
      for (const question of AUTH_QUESTIONS) {
        const { low: from, high: to, unknown } = attributes.answers[question];
        const levels: readonly string[] = AUTH_LEVELS[question];
        if (!levels.includes(from) || !levels.includes(to) || (from === to) !== (unknown.length === 0))
          expect([declared, question]).toEqual([]);
      }
      if (low.value > high.value || terms.some((term) => term.low.product > term.high.product)) expect(declared).toEqual("a range");
      if (attributes.caps.some(({ cap }) => !AUTH_CAPS.includes(cap))) expect(declared).toEqual("known caps");
      seen += 1;
    }
    expect(seen).toBeGreaterThan(10_000);
  });
});

/** Every scheme in every place, with each of the attributes that decide most, or without it. */
function* everything(): Generator<IntegrationAuth> {
  const maybe = <T>(words: readonly T[]) => [undefined, ...words];
  for (const scheme of AUTH_SCHEMES)
    for (const place of maybe(["header", "query"] as const))
      for (const storage of maybe(AUTH_ATTRIBUTES.storage))
        for (const expiry of maybe(["no", "yes", "1h"]))
          for (const clientAuth of maybe(["client_secret_post", "private_key_jwt", "none"]))
            for (const algorithm of [undefined, "none", "HS256", "PS256"]) {
              const attributes = Object.fromEntries(
                Object.entries({ storage, expiry, algorithm }).filter(([, word]) => word !== undefined),
              );
              yield {
                scheme,
                ...(place === undefined ? {} : { in: place }),
                ...(clientAuth === undefined ? {} : { token: by(clientAuth) }),
                attributes: attributes as Record<string, string>,
                neededScopes: [],
              };
            }
}

function key(place: (typeof AUTH_LOCATIONS)[number], attributes: Readonly<Record<string, string>>): Partial<IntegrationAuth> {
  return { scheme: "api-key", in: place, attributes: { storage: "shared", ...attributes } };
}

function grant(
  scheme: (typeof AUTH_SCHEMES)[number],
  clientAuth: string,
  attributes: Readonly<Record<string, string>>,
): Partial<IntegrationAuth> {
  return { scheme, token: by(clientAuth), attributes: { ...FINE, expiry: "1h", audience: "yes", ...attributes } };
}

function auth(declared: Partial<IntegrationAuth>): IntegrationAuth {
  return { neededScopes: [], ...declared };
}

function told<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("nothing is told");
  return value;
}
