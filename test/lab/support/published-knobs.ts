import { generateKeyPairSync } from "node:crypto";
import { createAuthority } from "../../../src/demo/certificates.ts";
import { DAY } from "../../../src/model/instant.ts";

type Json = Readonly<Record<string, unknown>>;

/** What is published at an origin, one thing of it turned. Undefined takes a member out. */
export interface PublishedKnob {
  readonly turn: string;
  readonly resource?: Json;
  readonly server?: Json;
  readonly keys?: readonly Json[];
  /** Of the integration's `auth`, from the start. */
  readonly auth?: Json;
  readonly dataClasses?: readonly string[];
  readonly findings: readonly string[];
}

const jwk = (kid: string | undefined, more: Json = {}): Json => {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...(publicKey.export({ format: "jwk" }) as Json), use: "sig", alg: "ES256", ...(kid !== undefined && { kid }), ...more };
};
const rsa = (modulusLength: number, publicExponent = 65_537): Json => ({
  ...(generateKeyPairSync("rsa", { modulusLength, publicExponent }).publicKey.export({ format: "jwk" }) as Json),
  kid: "rsa",
  use: "sig",
  alg: "RS256",
});
const KEY = jwk("one");

/** As it is published by somebody who does it well. */
export function wellPublished(origin: string, { resource = {}, server = {}, keys = [KEY] }: Partial<PublishedKnob> = {}) {
  return {
    "/.well-known/oauth-protected-resource": {
      resource: origin,
      authorization_servers: [origin],
      bearer_methods_supported: ["header"],
      ...resource,
    },
    "/.well-known/oauth-authorization-server": {
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/keys`,
      grant_types_supported: ["authorization_code", "client_credentials"],
      response_types_supported: ["code"],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: ["private_key_jwt"],
      id_token_signing_alg_values_supported: ["ES256"],
      tls_client_certificate_bound_access_tokens: true,
      ...server,
    },
    "/keys": { keys },
  };
}

const server = (turn: string, changes: Json, rule: string, auth: Json = {}): PublishedKnob => ({
  turn,
  server: changes,
  auth,
  findings: [`auth/${rule} authorization-server`],
});
const keys = (turn: string, set: readonly Json[], ...rules: readonly string[]): PublishedKnob => ({
  turn,
  keys: set,
  findings: rules.map((rule) => `auth/${rule} key-set`),
});
const CODES = { scheme: "oauth2-code" };
const WITH_SECRET = {
  scheme: "oauth2-client-credentials",
  token: { url: "ORIGIN/token", clientAuth: "client_secret_basic", scopes: ["orders.read"] },
};

export const PUBLISHED_KNOBS: readonly PublishedKnob[] = [
  server("an endpoint has no TLS", { revocation_endpoint: "http://login.acme.example/revoke" }, "as-http-endpoint"),
  server("the issuer is another one", { issuer: "https://login.elsewhere.example" }, "as-issuer-mismatch"),
  server("tokens may come in URLs", { response_types_supported: ["code", "token"] }, "as-implicit-offered"),
  server("passwords are taken", { grant_types_supported: ["authorization_code", "password"] }, "as-password-offered"),
  server("codes are tied to nobody", { code_challenge_methods_supported: undefined }, "as-pkce-missing", CODES),
  server("codes are tied without a hash", { code_challenge_methods_supported: ["plain", "S256"] }, "as-pkce-plain", CODES),
  server("no client proves anything", { token_endpoint_auth_methods_supported: ["none"] }, "as-client-auth-none"),
  server("clients have secrets alone", { token_endpoint_auth_methods_supported: ["client_secret_post"] }, "as-client-auth-symmetric-only"),
  {
    ...server(
      "a key is taken where we send a secret",
      { token_endpoint_auth_methods_supported: ["private_key_jwt"] },
      "stronger-client-auth-offered",
    ),
    auth: WITH_SECRET,
  },
  server("ID tokens may be unsigned", { id_token_signing_alg_values_supported: ["ES256", "none"] }, "as-alg-none"),
  server("ID tokens have shared keys", { id_token_signing_alg_values_supported: ["HS256"] }, "as-alg-symmetric"),
  server("an algorithm is offered that was withdrawn", { id_token_encryption_alg_values_supported: ["RSA1_5"] }, "as-alg-deprecated"),
  {
    ...server("tokens for card data are bound to nobody", { tls_client_certificate_bound_access_tokens: false }, "as-no-sender-constraint"),
    dataClasses: ["payment_card"],
  },
  {
    turn: "the API takes tokens in URLs",
    resource: { bearer_methods_supported: ["header", "query"] },
    findings: ["auth/rs-bearer-query protected-resource"],
  },
  {
    turn: "the API speaks for another one",
    resource: { resource: "https://elsewhere.example" },
    findings: ["auth/rs-resource-mismatch protected-resource"],
  },
  keys("a private key is published", [jwk("two", { d: "planted-private-scalar-8d1f0c" })], "jwks-private-key-published"),
  keys("a shared key is published", [KEY, { kty: "oct", kid: "shared", k: "planted-shared-key-77ac21" }], "jwks-symmetric-key-published"),
  keys("no key is published", [], "jwks-empty"),
  keys("keys have no names", [KEY, jwk(undefined)], "jwks-no-kid"),
  keys("two keys share a name", [KEY, jwk("one")], "jwks-duplicate-kid"),
  keys("a key cannot serve its algorithm", [{ ...KEY, alg: "RS256" }], "jwks-alg-mismatch"),
  keys("an RSA key is short", [rsa(1024)], "jwks-weak-key"),
  keys("an RSA key has a small exponent", [rsa(2048, 3)], "jwks-weak-exponent"),
  keys("the certificate beside a key has ended", [{ ...KEY, x5c: [endedCertificate()] }], "jwks-cert-expired"),
];

function endedCertificate(): string {
  const validity = { notBefore: new Date(Date.now() - 90 * DAY), notAfter: new Date(Date.now() - DAY) };
  const { chainPem } = createAuthority().issue({ dnsNames: ["login.acme.example"], ...validity });
  return chainPem.split("-----")[2]?.replaceAll("\n", "") ?? "";
}
