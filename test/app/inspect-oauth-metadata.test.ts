import { describe, expect, it } from "vitest";
import { inspectedAs } from "./inspecting.ts";

const HOST = "login.acme.example";
const at = (path: string) => `https://${HOST}${path}`;
type Members = Readonly<Record<string, unknown>>;

/** What is good today, in the members that are common. */
const OPENID: Members = {
  issuer: at(""),
  authorization_endpoint: at("/authorize"),
  token_endpoint: at("/token"),
  jwks_uri: at("/keys"),
  subject_types_supported: ["public"],
  grant_types_supported: ["authorization_code", "client_credentials", "urn:acme:own"],
  response_types_supported: ["code"],
  code_challenge_methods_supported: ["S256"],
  token_endpoint_auth_methods_supported: ["private_key_jwt", "client_secret_basic"],
  id_token_signing_alg_values_supported: ["ES256", "RS256"],
  tls_client_certificate_bound_access_tokens: true,
};
const { id_token_signing_alg_values_supported: _algs, subject_types_supported: _types, ...SERVER } = OPENID;
const RESOURCE: Members = { resource: at("/v1"), authorization_servers: [at("")], bearer_methods_supported: ["header"] };
const openid = (members: Members = {}) => JSON.stringify({ ...OPENID, ...members });
const server = (members: Members = {}) => JSON.stringify({ ...SERVER, ...members });
const resource = (members: Members = {}) => JSON.stringify({ ...RESOURCE, ...members });

const TABLE: readonly (readonly [name: string, document: string, ...found: readonly string[]])[] = [
  ["a good OpenID document", openid()],
  ["a good RFC 8414 document, which says nothing of ID tokens", server()],
  ["a good RFC 9728 document", resource()],
  ["a slash at the end of the issuer", openid({ issuer: at("/") })],
  ["a place for the tenant", openid({ issuer: at("/{tenantid}/v2.0") })],
  [
    "another issuer, which silences the rest",
    openid({ issuer: "https://evil.example", grant_types_supported: ["password"] }),
    "as-issuer-mismatch other high",
  ],
  [
    "none behind five thousand others",
    openid({ id_token_signing_alg_values_supported: [...Array.from({ length: 5000 }, () => "ES256"), "none"] }),
    "as-alg-none none high",
  ],
  [
    "a server without TLS behind a hundred others",
    resource({ authorization_servers: [...Array.from({ length: 100 }, () => at("")), `http://${HOST}`] }),
    "rs-resource-mismatch plaintext high",
  ],
  ["a byte order mark", `\uFEFF${openid()}`],
  [
    "no method in a list, which means none was said",
    openid({ token_endpoint_auth_methods_supported: [] }),
    "as-client-auth-symmetric-only by-default low",
  ],
  [
    "clients that need not sign",
    openid({ token_endpoint_auth_signing_alg_values_supported: ["none"] }),
    "as-alg-none none-of-clients high",
  ],
  [
    "proofs that need no signature, which bind nothing",
    openid({ dpop_signing_alg_values_supported: ["none"], tls_client_certificate_bound_access_tokens: undefined }),
    "as-alg-none none-of-clients high",
    "as-no-sender-constraint missing info",
  ],
  [
    "proofs of no kind",
    openid({ dpop_signing_alg_values_supported: [], tls_client_certificate_bound_access_tokens: false }),
    "as-no-sender-constraint missing info",
  ],
  ["an authorization server without TLS", resource({ authorization_servers: [`http://${HOST}`] }), "rs-resource-mismatch plaintext high"],
  ["a resource without TLS", resource({ resource: `http://${HOST}/v1` }), "rs-resource-mismatch plaintext high"],
  ["no issuer", openid({ issuer: undefined }), "as-issuer-mismatch unnamed medium"],
  ["an endpoint without TLS", openid({ token_endpoint: `http://${HOST}/token` }), "as-http-endpoint plaintext high"],
  [
    "an alias without TLS",
    openid({ mtls_endpoint_aliases: { token_endpoint: `http://${HOST}/token` } }),
    "as-http-endpoint plaintext high",
  ],
  ["an endpoint on this machine", openid({ token_endpoint: "http://localhost:8080/token", jwks_uri: "http://127.0.0.1/keys" })],
  ["no grants, which means implicit too, and code alone", openid({ grant_types_supported: undefined })],
  [
    "no grants, and a response type with a token",
    openid({ grant_types_supported: undefined, response_types_supported: ["code", "token id_token"] }),
    "as-implicit-offered offered low",
  ],
  ["implicit", openid({ grant_types_supported: ["implicit"] }), "as-implicit-offered offered low"],
  ["response types without tokens", openid({ response_types_supported: ["code", "id_token", "none"] })],
  ["passwords", openid({ grant_types_supported: ["password"] }), "as-password-offered offered medium"],
  ["no PKCE", openid({ code_challenge_methods_supported: undefined }), "as-pkce-missing missing medium"],
  ["no PKCE, and no codes", openid({ grant_types_supported: ["client_credentials"], code_challenge_methods_supported: undefined })],
  ["plain alone", openid({ code_challenge_methods_supported: ["plain"] }), "as-pkce-plain plain-only medium"],
  ["plain beside S256", openid({ code_challenge_methods_supported: ["plain", "S256"] }), "as-pkce-plain plain-beside low"],
  ["clients without authentication", openid({ token_endpoint_auth_methods_supported: ["none"] }), "as-client-auth-none none medium"],
  [
    "secrets alone",
    openid({ token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic", "none"] }),
    "as-client-auth-symmetric-only secrets-only low",
  ],
  [
    "no methods, which means secrets",
    openid({ token_endpoint_auth_methods_supported: undefined }),
    "as-client-auth-symmetric-only by-default low",
  ],
  ["a method of its own", openid({ token_endpoint_auth_methods_supported: ["client_secret_post", "acme_jwt"] })],
  ["ID tokens without a signature", openid({ id_token_signing_alg_values_supported: ["RS256", "NONE"] }), "as-alg-none none high"],
  [
    "none among the algorithms of requests alone",
    openid({ request_object_signing_alg_values_supported: ["none"], userinfo_signing_alg_values_supported: ["none"] }),
  ],
  ["HMAC alone", openid({ id_token_signing_alg_values_supported: ["HS256"] }), "as-alg-symmetric shared-only low"],
  ["RSA1_5", openid({ userinfo_encryption_alg_values_supported: ["RSA1_5", "RSA-OAEP"] }), "as-alg-deprecated deprecated low"],
  ["tokens for anybody", openid({ tls_client_certificate_bound_access_tokens: false }), "as-no-sender-constraint missing info"],
  [
    "DPoP in the place of certificates",
    openid({ tls_client_certificate_bound_access_tokens: false, dpop_signing_alg_values_supported: ["ES256"] }),
  ],
  ["tokens in URLs", resource({ bearer_methods_supported: ["header", "query"] }), "rs-bearer-query in-query medium"],
  ["no methods said", resource({ bearer_methods_supported: undefined })],
  [
    "another resource, which silences the rest",
    resource({ resource: "https://api.other.example", bearer_methods_supported: ["query"] }),
    "rs-resource-mismatch other high",
  ],
];

describe("inspect --as oauth-metadata", () => {
  it.each(TABLE)("judges %s", async (_name, document, ...found) => {
    expect((await inspectedAs("oauth-metadata", document, HOST))?.found).toEqual([...found].sort());
  });

  it("does not compare issuers where nobody says where it is from", async () => {
    expect((await inspectedAs("oauth-metadata", openid({ issuer: "https://other.example" })))?.found).toEqual([]);
  });

  it.each([
    ["a page", "<!doctype html><title>Not found</title>"],
    ["an error", '{"error":"not_found"}'],
    ["a list", "[]"],
    ["a text", '"issuer"'],
    ["more than 256 KB", openid({ pad: "x".repeat(300_000) })],
  ])("does not take %s for a document", async (_name, document) => {
    expect(await inspectedAs("oauth-metadata", document, HOST)).toBeUndefined();
  });

  it("keeps the words that it knows, counts the others, and repeats no address", async () => {
    const hostile = ["\u001b[2Jpassword", "canary", 7, null, ...Array.from({ length: 200 }, (_, index) => `canary${index}`)];
    const seen = await inspectedAs(
      "oauth-metadata",
      openid({ grant_types_supported: ["client_credentials", ...hostile], registration_endpoint: at("/canary") }),
      HOST,
    );
    expect(seen?.text).toContain("grant_types_supported: client_credentials, 204 more");
    expect(seen?.printed).not.toMatch(/canary|[^\P{C}\n]|login\.acme/u);
  });

  it.each([
    ["lists that are none", openid(Object.fromEntries(Object.keys(OPENID).map((name) => [name, 7])))],
    ["URLs that are none", openid({ issuer: "https://", token_endpoint: "::", jwks_uri: [] })],
    ["a depth of thirty thousand", `{"issuer":${"[".repeat(30_000)}${"]".repeat(30_000)}}`],
  ])("survives %s", async (_name, document) => {
    expect((await inspectedAs("oauth-metadata", document, HOST))?.found).toContainEqual(expect.stringContaining("as-issuer-mismatch"));
  });
});
