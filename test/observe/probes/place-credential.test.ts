import { describe, expect, it } from "vitest";
import type { ShownCertificate } from "../../../src/model/client-certificate.ts";
import type { CredentialPort } from "../../../src/model/credential-port.ts";
import type { IntegrationAuth } from "../../../src/model/integration.ts";
import { err, ok } from "../../../src/model/result.ts";
import { Secret } from "../../../src/model/secret.ts";
import { placeCredential, placeLogin } from "../../../src/observe/probes/place-credential.ts";
import { credentials, SECRET, target } from "./support.ts";

const KEY = { credential: "env:KEY", neededScopes: [] } as const;
const TOKEN = { url: "https://auth.acme.example/token", clientAuth: "client_secret_basic", scopes: [] };

const place = (auth: Partial<IntegrationAuth>, url?: string) =>
  placeCredential({ neededScopes: [], ...auth }, target(url), { credentials: credentials() });

/** Where the secret goes, and the whole text that the net will send. */
async function placed(auth: Partial<IntegrationAuth>) {
  const result = await place({ ...KEY, ...auth });
  if (!result.ok || result.value === undefined) throw new Error(`not placed: ${JSON.stringify(result)}`);
  const { in: where, name, prefix, value } = result.value;
  return [where, name, `${prefix}${value.reveal()}`];
}

describe("placeCredential", () => {
  it.each<[Partial<IntegrationAuth>, string, string, string]>([
    [{ scheme: "bearer" }, "header", "Authorization", `Bearer ${SECRET}`],
    [{ scheme: "oauth2-client-credentials" }, "header", "Authorization", `Bearer ${SECRET}`],
    [{ scheme: "jwt-bearer", prefix: "Token" }, "header", "Authorization", `Token ${SECRET}`],
    [{ scheme: "bearer", name: "X-Access-Token" }, "header", "X-Access-Token", SECRET],
    [{ scheme: "bearer", in: "query" }, "query", "access_token", SECRET],
    [{ scheme: "api-key" }, "header", "X-API-Key", SECRET],
    [{ scheme: "api-key", in: "header", name: "Authorization", prefix: "Apikey " }, "header", "Authorization", `Apikey ${SECRET}`],
    [{ scheme: "api-key", in: "query" }, "query", "api_key", SECRET],
    [{ scheme: "api-key", in: "query", name: "k" }, "query", "k", SECRET],
    [{ scheme: "api-key", in: "cookie", name: "k" }, "cookie", "k", SECRET],
    [{ scheme: "session-cookie" }, "cookie", "session", SECRET],
    [{ scheme: "basic", credential: "env:PAIR" }, "header", "Authorization", `Basic ${btoa(`audit:${SECRET}`)}`],
  ])("of %j is in the %s as %s", async (auth, ...where) => {
    expect(await placed(auth)).toEqual(where);
  });

  it("is no pair of Basic without a colon, and then it is not sent", async () => {
    const error = { reason: "credential_unavailable", code: "no colon between user and password" };
    expect(await place({ ...KEY, scheme: "basic" })).toEqual({ ok: false, error });
  });

  it("prefers the read-only twin", async () => {
    expect(await placed({ scheme: "api-key", credential: "env:GONE", auditCredential: "env:KEY" })).toEqual([
      "header",
      "X-API-Key",
      SECRET,
    ]);
  });

  it.each<[string, Partial<IntegrationAuth>]>([
    ["no scheme is declared", { credential: "env:KEY" }],
    ["the scheme is none", { scheme: "none", credential: "env:KEY" }],
    ["no reference is declared", { scheme: "bearer" }],
    ["callers are known by their address", { scheme: "ip-allow-list" }],
  ])("is nothing where %s", async (_, auth) => {
    expect(await place(auth)).toEqual({ ok: true, value: undefined });
  });

  it.each<[string, Partial<IntegrationAuth>, string]>([
    ["the pair is not bound", { scheme: "bearer", credential: "env:UNBOUND" }, "credential_not_bound"],
    ["the variable is not set", { scheme: "bearer", credential: "env:GONE" }, "credential_unavailable"],
    ["a token has to be fetched first", { ...KEY, scheme: "oauth2-client-credentials", token: TOKEN }, "credential_unavailable"],
    ["it belongs into a body", { ...KEY, scheme: "api-key", in: "body" }, "credential_unavailable"],
    ["it belongs into a path", { ...KEY, scheme: "api-key", in: "path" }, "credential_unavailable"],
  ])("cannot be sent where %s", async (_, auth, reason) => {
    expect(await place(auth)).toEqual({ ok: false, error: { reason } });
  });

  it.each(["digest", "mtls", "dpop", "sigv4", "hmac", "http-signature", "hawk", "ntlm", "kerberos", "ip-allow-list"] as const)(
    "cannot be sent for %s, which takes more than a text",
    async (scheme) => {
      expect(await place({ ...KEY, scheme })).toEqual({ ok: false, error: { reason: "credential_unavailable" } });
    },
  );

  it("is not even looked up for plain http", async () => {
    const untouched = { ...credentials(), resolve: () => Promise.reject(new Error("looked up")) };
    const auth = { ...KEY, scheme: "bearer" } as const;
    expect(await placeCredential(auth, target("http://api.acme.example"), { credentials: untouched })).toEqual({
      ok: false,
      error: { reason: "credential_withheld" },
    });
  });

  it("is bound to one origin, port included", async () => {
    expect(await place({ ...KEY, scheme: "bearer" }, "https://api.acme.example:8443")).toEqual({
      ok: false,
      error: { reason: "credential_not_bound" },
    });
    expect(await place({ ...KEY, scheme: "bearer" }, "https://api.acme.example.evil.example")).toEqual({
      ok: false,
      error: { reason: "credential_not_bound" },
    });
  });
});

describe("placeLogin", () => {
  const CERTIFICATE = { cert: "file:a", key: "file:b" };
  const SHOWN: ShownCertificate = { chain: "chain", key: new Secret("key") };
  const holding: CredentialPort = { ...credentials(), shownCertificate: async () => ok(SHOWN) };
  const unbound: CredentialPort = {
    ...credentials(),
    shownCertificate: async () => err({ reason: "credential_not_bound", detail: "", next: "" } as const),
  };
  const login = (auth: Partial<IntegrationAuth>, keeper = holding, url?: string) =>
    placeLogin({ neededScopes: [], ...auth }, target(url), { credentials: keeper });

  it("shows the certificate alone, and beside a credential", async () => {
    expect(await login({ scheme: "mtls", clientCertificate: CERTIFICATE })).toEqual(ok({ clientCertificate: SHOWN }));
    expect(await login({ ...KEY, scheme: "bearer", clientCertificate: CERTIFICATE })).toMatchObject({
      value: { clientCertificate: SHOWN, credential: { in: "header", name: "Authorization" } },
    });
    expect(await login({ ...KEY, scheme: "bearer" })).not.toHaveProperty("value.clientCertificate");
    expect(await login({ scheme: "mtls" })).toEqual(ok({}));
  });

  it("sends nothing where half of it cannot be had", async () => {
    expect(await login({ ...KEY, scheme: "bearer", clientCertificate: CERTIFICATE }, unbound)).toEqual(
      err({ reason: "credential_not_bound" }),
    );
    expect(await login({ credential: "env:GONE", scheme: "bearer", clientCertificate: CERTIFICATE })).toEqual(
      err({ reason: "credential_unavailable" }),
    );
  });

  it("is for https alone", async () => {
    expect(await login({ scheme: "mtls", clientCertificate: CERTIFICATE }, holding, "http://api.acme.example")).toEqual(
      err({ reason: "credential_withheld" }),
    );
  });
});

describe("a signer", () => {
  const HMAC = { template: "{body}", header: "X-Signature" };
  const login = (auth: Partial<IntegrationAuth>, url?: string) =>
    placeLogin({ neededScopes: [], ...auth }, target(url), { credentials: credentials() });

  it.each(["sigv4", "hmac"] as const)("of %s gets what it signs with, and nothing is placed", async (scheme) => {
    const placed = await login({ ...KEY, scheme, signing: HMAC });
    expect(placed).toMatchObject({ ok: true, value: { signer: { scheme, ...HMAC } } });
    expect(placed).not.toHaveProperty("value.credential");
    expect(JSON.stringify(placed)).not.toContain(SECRET);
  });

  it.each<[string, Partial<IntegrationAuth>, string, string?]>([
    ["nothing is bound", { scheme: "hmac", signing: HMAC, credential: "env:UNBOUND" }, "credential_not_bound"],
    ["no credential is declared", { scheme: "hmac", signing: HMAC }, "credential_unavailable"],
    ["nobody says how", { ...KEY, scheme: "hmac" }, "credential_unavailable"],
    ["the way is not safe", { ...KEY, scheme: "hmac", signing: HMAC }, "credential_withheld", "http://api.acme.example"],
  ])("is not there where %s", async (_why, auth, reason, url) => {
    expect(await login(auth, url)).toEqual(err({ reason }));
  });
});
