import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import type { AuditResult } from "../../src/app/audit.ts";
import { createAuthority } from "../../src/demo/certificates.ts";
import { CLEAN } from "../../src/demo/conditions.ts";
import { ISSUED_TOKEN, startAuthorizationServer } from "./support/authorization-server.ts";
import { CLIENT_STANDING } from "./support/client-certificate-knobs.ts";
import { cleanEntry, LAB_SECRET, startLab } from "./support/lab.ts";

const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const BY_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const KEY_FILE = "file:login.key";

interface Login {
  readonly scheme?: string;
  readonly key?: string;
  readonly token?: object;
  readonly auth?: object;
  readonly trusted?: boolean;
  readonly server?: Parameters<typeof startAuthorizationServer>[1];
}

async function lab({ scheme = "oauth2-client-credentials", key = "", token = {}, auth = {}, trusted = true, server: options }: Login) {
  const started = await startLab();
  const api = await started.start({ ...CLEAN, auth: { in: "header", name: "authorization", value: `Bearer ${ISSUED_TOKEN}` } });
  const server = await startAuthorizationServer(trusted ? started.authority : createAuthority(), options);
  await writeFile(`${started.folder}/login.key`, key, { mode: 0o600 });
  await writeFile(`${started.folder}/client.crt`, CLIENT_STANDING.chain);
  await writeFile(`${started.folder}/client.key`, CLIENT_STANDING.key, { mode: 0o600 });
  const declared = {
    scheme,
    credential: KEY_FILE,
    token: { url: server.url, clientAuth: "private_key_jwt", clientId: "lab", ...token },
    ...auth,
  };
  const boundFiles = [KEY_FILE, "file:client.crt", "file:client.key"];
  const audit = () => started.audit([cleanEntry(api, { auth: declared })], { withEvidence: true, boundFiles });
  return { ...started, api, server, audit };
}

function pemOf(key: KeyObject, type: "pkcs8" | "pkcs1" | "sec1" = "pkcs8"): string {
  return key.export({ type, format: "pem" } as { type: "pkcs8"; format: "pem" }).toString();
}

function reasonOf({ report }: AuditResult, rule: string): readonly string[] {
  return report.integrations[0]?.unobserved.filter((one) => one.rule === rule).map(({ reason }) => reason) ?? [];
}

async function left({ databaseFile }: { readonly databaseFile: string }, result: AuditResult): Promise<string> {
  return [JSON.stringify(result), (await readFile(databaseFile)).toString("latin1")].join("\n");
}

const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const ED25519 = generateKeyPairSync("ed25519").privateKey;

describe("a client that signs who it is (RFC 7523 section 2.2)", () => {
  it.each<[string, KeyObject, string, object, string]>([
    ["RSA", RSA, pemOf(RSA), {}, "RS256"],
    ["RSA, PKCS #1", RSA, pemOf(RSA, "pkcs1"), { algorithm: "PS256" }, "PS256"],
    ["P-256, SEC 1", P256, pemOf(P256, "sec1"), {}, "ES256"],
    ["Ed25519", ED25519, pemOf(ED25519), { keyId: "key-1" }, "EdDSA"],
  ])("with %s: the server can verify it, once, and for itself alone", async (_name, key, pem, token, alg) => {
    const started = await lab({ key: pem, token });
    const result = await started.audit();
    const { url, asked } = started.server;
    expect(asked).toMatchObject([{ form: { grant_type: "client_credentials", client_assertion_type: BY_ASSERTION } }]);
    const assertion = asked[0]?.form["client_assertion"] ?? "";
    const { payload, protectedHeader } = await jwtVerify(assertion, createPublicKey(key), { audience: url, issuer: "lab", subject: "lab" });
    expect(protectedHeader).toEqual({ alg, typ: "JWT", ...("keyId" in token && { kid: "key-1" }) });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300);
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/);
    expect(started.api.requests().filter(({ head }) => head.includes(`Bearer ${ISSUED_TOKEN}`))).toHaveLength(1);
    const traces = await left(started, result);
    for (const secret of [assertion, assertion.split(".")[2] ?? "", pem.split("\n")[1] ?? "", ISSUED_TOKEN]) {
      expect(traces).not.toContain(secret);
    }
    await started.audit();
    expect(asked[1]?.form["client_assertion"]).not.toBe(assertion);
  });

  it("with its secret (client_secret_jwt), for a declared audience", async () => {
    const { server, audit } = await lab({
      token: { clientAuth: "client_secret_jwt", audience: "https://as.example" },
      auth: { credential: "env:LAB_KEY" },
    });
    await audit();
    const assertion = server.asked[0]?.form["client_assertion"] ?? "";
    const verified = await jwtVerify(assertion, new TextEncoder().encode(LAB_SECRET), { audience: "https://as.example", issuer: "lab" });
    expect(verified.protectedHeader.alg).toBe("HS256");
    expect(JSON.stringify(server.asked)).not.toContain(LAB_SECRET);
  });

  it.each<[string, Login]>([
    ["the key is none", { key: "no key" }],
    ["the key is locked", { key: RSA.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }).toString() }],
    ["the key is short", { key: pemOf(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey) }],
    ["the key does not sign so", { key: pemOf(P256), token: { algorithm: "RS256" } }],
    ["nobody says whose it is", { key: pemOf(P256), token: { clientId: undefined } }],
  ])("asks nothing where %s", async (_why, login) => {
    const { server, audit } = await lab(login);
    const result = await audit();
    expect(server.asked).toEqual([]);
    expect(reasonOf(result, "auth/login-refused")).toEqual(["credential_unavailable"]);
  });

  it("gives a server that is not trusted nothing", async () => {
    const { server, audit } = await lab({ key: pemOf(P256), trusted: false });
    expect(reasonOf(await audit(), "auth/login-refused")).toEqual(["tls_untrusted"]);
    expect(server.asked).toEqual([]);
  });
});

describe("an assertion as the grant (RFC 7523 section 2.1)", () => {
  it("names who asks, and for whom; scopes are a parameter", async () => {
    const { server, audit } = await lab({
      scheme: "jwt-bearer",
      key: pemOf(RSA),
      token: { clientAuth: "none", subject: "user@acme.example", scopes: ["read", "list"] },
    });
    await audit();
    expect(server.asked[0]?.form).toMatchObject({ grant_type: GRANT, scope: "read list" });
    const { payload } = await jwtVerify(server.asked[0]?.form["assertion"] ?? "", createPublicKey(RSA), { audience: server.url });
    expect(payload).toMatchObject({ iss: "lab", sub: "user@acme.example" });
    expect(payload).not.toHaveProperty("scope");
  });

  it("comes from a service account's file as it is downloaded; scopes are a claim", async () => {
    const account = {
      type: "service_account",
      private_key_id: "0f1e2d3c",
      private_key: pemOf(RSA),
      client_email: "audit@project.example",
      token_uri: "https://elsewhere.example/token",
    };
    const started = await lab({
      scheme: "jwt-bearer",
      key: JSON.stringify(account, null, 2),
      token: { clientAuth: "none", clientId: undefined, scopes: ["https://scopes.example/read"] },
    });
    const result = await started.audit();
    const { form } = started.server.asked[0] ?? { form: {} as Readonly<Record<string, string>> };
    expect(Object.keys(form)).toEqual(["grant_type", "assertion"]);
    const { payload, protectedHeader } = await jwtVerify(form["assertion"] ?? "", createPublicKey(RSA));
    expect(protectedHeader.kid).toBe("0f1e2d3c");
    expect(payload).toMatchObject({
      iss: "audit@project.example",
      sub: "audit@project.example",
      aud: started.server.url,
      scope: "https://scopes.example/read",
    });
    expect(started.api.requests().filter(({ head }) => head.includes(`Bearer ${ISSUED_TOKEN}`))).toHaveLength(1);
    expect(await left(started, result)).not.toContain(account.private_key.split("\n")[1]);
  });
});

describe("a client that shows a certificate to the token endpoint (RFC 8705 section 2)", () => {
  const clientCertificate = { cert: "file:client.crt", key: "file:client.key" };
  const wanting = { requestCert: true, rejectUnauthorized: false };

  it.each(["tls_client_auth", "self_signed_tls_client_auth"])("by %s, and sends no secret", async (clientAuth) => {
    const { server, audit, api } = await lab({
      token: { clientAuth },
      auth: { credential: undefined, clientCertificate },
      server: wanting,
    });
    await audit();
    expect(server.asked).toMatchObject([{ shown: "acme client", form: { grant_type: "client_credentials", client_id: "lab" } }]);
    expect(server.asked[0]?.headers.authorization).toBeUndefined();
    expect(api.requests().filter(({ head }) => head.includes(`Bearer ${ISSUED_TOKEN}`))).toHaveLength(1);
  });

  it("shows none where the client proves itself otherwise", async () => {
    const { server, audit } = await lab({ key: pemOf(P256), auth: { clientCertificate }, server: wanting });
    await audit();
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).not.toHaveProperty("shown");
  });

  it("asks nothing where none is declared", async () => {
    const { server, audit } = await lab({ token: { clientAuth: "tls_client_auth" }, server: wanting });
    await audit();
    expect(server.asked).toEqual([]);
  });
});
