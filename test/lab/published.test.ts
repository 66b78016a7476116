import { generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { AuditResult } from "../../src/app/audit.ts";
import { createAuthority } from "../../src/demo/certificates.ts";
import { CLEAN } from "../../src/demo/conditions.ts";
import { DAY, isoDay } from "../../src/model/instant.ts";
import { PUBLIC_ROOT } from "../judge/public-authority.ts";
import { ISSUED_TOKEN, type Page, startAuthorizationServer } from "./support/authorization-server.ts";
import { canariesIn } from "./support/canary.ts";
import { issuedFor } from "./support/domain-knobs.ts";
import { cleanEntry, LAB_SECRET, type LabAuditOptions, startLab } from "./support/lab.ts";

const SERVER = "/.well-known/oauth-authorization-server";
const OPENID = "/.well-known/openid-configuration";
const RESOURCE = "/.well-known/oauth-protected-resource";
const MOST = { metadata: 3, keys: 1 };
/** A private part and a shared key that nobody may ever see again. */
const { d: PRIVATE_PART = "", ...PUBLIC_PART } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
const SHARED_KEY = "planted-shared-key-3f9a6c1e55d04b72";
const TOKEN_IN_LOCATION = "planted-token-in-location-91c0aa7e";

/** An API, and the server that issues the tokens for it, at another origin. */
async function lab({ trusted = true }: { readonly trusted?: boolean } = {}) {
  const started = await startLab();
  const api = await started.start({ ...CLEAN, auth: { in: "header", name: "authorization", value: `Bearer ${ISSUED_TOKEN}` } });
  const server = await startAuthorizationServer(trusted ? started.authority : createAuthority());
  const auth = {
    scheme: "oauth2-client-credentials",
    credential: "env:LAB_KEY",
    issuedAt: isoDay(Date.now() - 10 * DAY),
    token: { url: server.url, clientAuth: "client_secret_basic", clientId: "lab", scopes: [] },
  };
  const entry = cleanEntry(api, { auth });
  const document = (changes: object = {}) => ({
    issuer: server.origin,
    token_endpoint: server.url,
    jwks_uri: `${server.origin}/keys`,
    ...changes,
  });
  return {
    ...started,
    api,
    server,
    document,
    entry,
    audit: (options: LabAuditOptions = {}) => started.audit([entry], { withEvidence: true, ...options }),
  };
}

/** Of an authorization server. */
function isDocument(head: string): boolean {
  return head.includes("/.well-known/oauth-") || head.includes("/.well-known/openid-");
}

/** Outcome, or the reason why there is none. */
function said({ report }: AuditResult, rule: string): readonly string[] {
  const [integration] = report.integrations;
  const found = integration?.findings.filter((finding) => finding.rule === rule).map(({ outcome }) => outcome) ?? [];
  return [...found, ...(integration?.unobserved.filter((one) => one.rule === rule).map(({ reason }) => reason) ?? [])];
}

describe("what an authorization server publishes, asked by an audit", () => {
  it("is read without a credential of ours, in no more requests than were told beforehand, and not again before a week is over", async () => {
    const { api, server, document, audit, clock } = await lab();
    server.publish({ [OPENID]: { json: document() }, "/keys": { json: { keys: [{ ...PUBLIC_PART, kid: "1" }] } } });
    const { report } = await audit();
    expect(server.read.map(({ url }) => url)).toEqual([SERVER, OPENID, "/keys"]);
    const atTheApi = api.requests().filter(({ head }) => isDocument(head));
    expect(atTheApi.map(({ head }) => head.split(" ")[1])).toEqual([RESOURCE]);
    for (const head of [...server.read.map(({ headers }) => JSON.stringify(headers)), ...atTheApi.map((one) => one.head)]) {
      expect(head).not.toMatch(/authorization|cookie|x-api-key/i);
      expect(canariesIn(head, [ISSUED_TOKEN, LAB_SECRET])).toEqual([]);
    }
    const { requests, connections, bound } = report.run;
    expect(requests).toBeLessThanOrEqual(bound.requests);
    expect(connections).toBeLessThanOrEqual(bound.connections);
    for (const expected of [0, 0, 0, 0, 0, 0, 4]) {
      clock.advance(DAY);
      const before = server.read.length + api.requests().filter(({ head }) => isDocument(head)).length;
      await audit();
      const after = server.read.length + api.requests().filter(({ head }) => isDocument(head)).length;
      expect(after - before).toBe(expected);
    }
  });

  it.each<[string, Readonly<Record<string, Page | { readonly json: unknown }>>]>([
    ["nothing", {}],
    ["refusals", { [SERVER]: { status: 403 }, [OPENID]: { status: 401 } }],
    ["pages", { [SERVER]: { body: "<html></html>" }, [OPENID]: { body: "<html></html>", headers: { "content-type": "text/html" } } }],
    ["limits", { [SERVER]: { status: 429 } }],
    ["silence", { [SERVER]: { body: "{", silent: true } }],
  ])("costs each place one request a day at the most, whatever comes of it: %s", async (_what, pages) => {
    const { api, server, audit, clock } = await lab();
    server.publish(pages);
    for (let day = 0; day < 3; day += 1) {
      const [readBefore, atApiBefore] = [server.read.length, api.requests().length];
      await audit({ timeouts: { body: 200 } });
      const read = server.read.slice(readBefore).map(({ url }) => url);
      expect(read.length).toBeLessThanOrEqual(MOST.metadata - 1 + MOST.keys);
      expect(new Set(read).size).toBe(read.length);
      const wellKnown = api
        .requests()
        .slice(atApiBefore)
        .filter(({ head }) => isDocument(head));
      expect(wellKnown.length).toBeLessThanOrEqual(1);
      clock.advance(DAY);
    }
  });

  it("is asked at no depth quick, by no family but auth, and of no API that is let in by a key", async () => {
    const { server, audit, api } = await lab();
    await audit({ depth: "quick" });
    await audit({ families: ["tls", "certificate", "header", "data"] });
    expect(server.read).toEqual([]);
    await audit({ families: ["auth"] });
    expect(server.read).toHaveLength(2);
    const keyed = await startLab();
    const other = await keyed.start();
    await keyed.audit([cleanEntry(other)]);
    expect(other.requests().filter(({ head }) => isDocument(head))).toEqual([]);
    expect(api.requests().filter(({ head }) => isDocument(head))).toHaveLength(1);
  });

  it("holds no question open where nothing is published, and lowers no coverage", async () => {
    const { audit } = await lab();
    const { report } = await audit();
    const unseen = report.integrations[0]?.unobserved.filter(({ rule }) => /^auth\/(as|rs|jwks|stronger-client)-/.test(rule));
    expect(unseen).toEqual([]);
    expect(report.integrations[0]?.coverage).toBe(1);
  });

  const silent = { body: "{", silent: true } as const;
  it.each<[string, Page, string]>([
    ["a limiter", { status: 429 }, "rate_limited"],
    ["a firewall", { status: 403, headers: { "content-type": "text/html" } }, "blocked"],
    ["a broken server", { status: 503 }, "server_error"],
    ["a document that moved", { status: 301, headers: { location: `https://www.elsewhere.example${SERVER}` } }, "redirect_not_followed"],
    ["300 KB", { body: `{"issuer":"${"x".repeat(300 * 1024)}"}` }, "body_truncated"],
    ["a bomb", { body: gzipSync(Buffer.alloc(20_000_000, " ")), headers: { "content-encoding": "gzip" } }, "body_truncated"],
    ["a coding that nobody knows", { body: "{}", headers: { "content-encoding": "lzma" } }, "body_undecodable"],
    ["a trickle", silent, "http_timeout"],
  ])("is unknown behind %s", async (_what, page, reason) => {
    const { server, audit } = await lab();
    server.publish({ [SERVER]: page, [OPENID]: page });
    const result = await audit({ timeouts: { body: 300 } });
    expect([said(result, "auth/as-password-offered"), said(result, "auth/jwks-empty")]).toEqual([[reason], [reason]]);
  });

  it.each<[string, Page]>([
    ["deep nesting", { body: `{"issuer":${'{"a":'.repeat(50_000)}` }],
    ["binary", { body: Buffer.alloc(1000, 255) }],
    ["a list", { body: "[1,2,3]" }],
    ["a redirect to a page", { status: 302, headers: { location: `/login#access_token=${TOKEN_IN_LOCATION}` } }],
  ])("is not there where there is %s", async (_what, page) => {
    const { server, audit } = await lab();
    server.publish({ [SERVER]: page, [OPENID]: page });
    expect(said(await audit(), "auth/as-password-offered")).toEqual([]);
  });

  it("says nothing over a connection that is not trusted", async () => {
    const { server, document, audit } = await lab({ trusted: false });
    server.publish({ [SERVER]: { json: document({ grant_types_supported: ["password"] }) } });
    expect(said(await audit(), "auth/as-password-offered")).toEqual(["tls_untrusted"]);
  });

  it("closes no finding by being hidden, however long; only by being gone", async () => {
    const { server, document, audit, clock } = await lab();
    const findings = async () => {
      clock.advance(8 * DAY);
      return said(await audit(), "auth/as-password-offered");
    };
    server.publish({ [SERVER]: { json: document({ grant_types_supported: ["password"] }) } });
    expect(await findings()).toEqual(["offered"]);
    server.publish({ [SERVER]: { status: 403 }, [OPENID]: { body: "<html></html>" } });
    for (const _week of [1, 2]) expect(await findings()).toContain("unexpected_status");
    server.publish({});
    expect(await findings()).not.toContain("unexpected_status");
  });

  it("does not count where nobody named its issuer and it is about another token endpoint: it is not judged, and its keys are not asked for", async () => {
    const { server, document, audit } = await lab();
    const other = {
      issuer: "https://login.evil.example",
      token_endpoint: "https://login.evil.example/token",
      grant_types_supported: ["password"],
    };
    server.publish({ [SERVER]: { json: document(other) } });
    const result = await audit();
    for (const rule of ["auth/as-issuer-mismatch", "auth/as-password-offered", "auth/jwks-empty"]) {
      expect(said(result, rule)).toEqual(["evidence_ambiguous"]);
    }
    expect(server.read.map(({ url }) => url)).toEqual([SERVER, OPENID]);
  });

  it.each([
    ["another domain", "https://keys.elsewhere.example/"],
    ["an address of our own network", "https://127.0.0.1:1/keys"],
    ["the metadata of a cloud", "https://169.254.169.254/latest"],
    ["a place without TLS", "http://127.0.0.1/keys"],
    ["a file", "file:///etc/passwd"],
  ])("sends us nowhere: keys at %s", async (_what, url) => {
    const { server, document, audit } = await lab();
    server.publish({ [SERVER]: { json: document({ jwks_uri: url }) } });
    const result = await audit();
    expect(said(result, "auth/jwks-empty")).toEqual(["not_requested"]);
    // The login, the endpoint with and without a token, the twin, two documents, and three beside.
    expect(result.report.run.requests).toBe(9);
  });

  it("sends us to no private address by a name of the provider's, though the API itself is in our network", async () => {
    const started = await startLab();
    const host = "api.acme-lab.example";
    const api = await started.start({ ...CLEAN, auth: { in: "open" }, certificate: issuedFor(host) });
    const url = `https://${host}:${api.port}`;
    const inner = await startAuthorizationServer(started.authority);
    const document = { issuer: url, token_endpoint: `${url}/token`, jwks_uri: "https://keys.acme-lab.example/keys" };
    await api.change({ resources: { ...CLEAN.resources, [SERVER]: document } });
    const entry = cleanEntry({ url }, { auth: { scheme: "bearer" }, authProof: { level: "none" } });
    const result = await started.audit([entry], { addresses: ["127.0.0.1"], roots: [PUBLIC_ROOT.pem], withEvidence: true });
    expect(said(result, "auth/jwks-empty")).toEqual(["address_not_allowed"]);
    expect(said(result, "auth/as-no-sender-constraint")).toEqual(["missing"]);
    expect(inner.read).toEqual([]);
  });

  it("is told of where it holds a private key or a shared one, and nothing of either is kept or said", async () => {
    const { server, document, audit, databaseFile, history } = await lab();
    const keys = [
      { ...PUBLIC_PART, kid: "1", d: PRIVATE_PART },
      { kty: "oct", kid: "2", k: SHARED_KEY },
    ];
    server.publish({
      [SERVER]: { status: 302, headers: { location: `https://x.example/cb#access_token=${TOKEN_IN_LOCATION}` } },
      [OPENID]: { json: document({ service_documentation: `https://x.example/?token=${TOKEN_IN_LOCATION}` }) },
      "/keys": { json: { keys } },
    });
    const result = await audit();
    expect(said(result, "auth/jwks-private-key-published")).toEqual(["private"]);
    expect(said(result, "auth/jwks-symmetric-key-published")).toEqual(["shared"]);
    await history.close();
    const left = [JSON.stringify(result), (await readFile(databaseFile)).toString("latin1")].join("\n");
    expect(left).toContain("jwks-private-key-published");
    expect(canariesIn(left, [PRIVATE_PART, SHARED_KEY, TOKEN_IN_LOCATION, ISSUED_TOKEN, LAB_SECRET])).toEqual([]);
  });

  it("is not asked for where the month's budget is spent", async () => {
    const fresh = await startLab();
    const api = await fresh.start({ ...CLEAN, auth: { in: "open" } });
    const spare = cleanEntry(api, { auth: { scheme: "bearer" }, authProof: { level: "none" }, budget: { callsPerMonth: 3 } });
    const spent = await fresh.audit([spare]);
    expect(said(spent, "auth/as-password-offered")).toEqual(["budget_exhausted"]);
    expect(api.requests().filter(({ head }) => isDocument(head))).toEqual([]);
  });
});
