import { afterEach, describe, expect, it } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import { type ApiConditions, CLEAN } from "../../../src/demo/conditions.ts";
import { type RunningApi, startApi } from "../../../src/demo/servers.ts";
import type { HttpResponseEvidence } from "../../../src/evidence/kinds.ts";
import { DEPTHS } from "../../../src/model/depth.ts";
import type { NetSession, SentCounters } from "../../../src/model/net-port.ts";
import { targetOf } from "../../../src/model/target.ts";
import { createNet } from "../../../src/observe/net/net.ts";
import { httpPlaintextProbe } from "../../../src/observe/probes/http-plaintext.ts";
import { httpResponseProbe } from "../../../src/observe/probes/http-response.ts";
import { httpUnauthenticatedProbe } from "../../../src/observe/probes/http-unauthenticated.ts";
import { PROBES } from "../../../src/observe/probes/registry.ts";
import { tlsParametersProbe } from "../../../src/observe/probes/tls-parameters.ts";
import { tlsSessionProbe } from "../../../src/observe/probes/tls-session.ts";
import { canariesIn } from "../../lab/support/canary.ts";
import { context, credentials, ENDPOINT, integration, SECRET } from "./support.ts";

const QUICK = { depth: "quick", lanes: 6 } as const;
const authority = createAuthority();
const open: { close(): Promise<void> | void }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

async function lab(conditions: Partial<ApiConditions> = {}, patience = 5000) {
  const api = await startApi({ authority, now: new Date() }, { auth: { in: "header", name: "x-api-key", value: SECRET }, ...conditions });
  const net = session(patience);
  open.push(api, net);
  const target = targetOf("acme", "production", api.url);
  const auth = { scheme: "api-key", credential: "env:KEY", neededScopes: [] } as const;
  const permission = { basis: "contract", by: "ciso", until: "2999-01-01" };
  const question = {
    target,
    address: "127.0.0.1",
    integration: integration({ baseUrl: api.url, auth, authProof: { level: "shape", permission } }),
    endpoint: { ...ENDPOINT, path: "/v1/orders" },
    knownMaps: [],
  };
  return { api, net, question, context: context(net, credentials(target.origin)) };
}

/** `patience`: milliseconds for each phase. */
function session(patience: number): NetSession {
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const net = createNet({
    userAgent: "apirisk-test",
    extraCa: [authority.certificatePem],
    proxies: {},
    clock,
    globalConnections: 16,
    timeouts: { tls: patience, hello: patience, headers: patience, body: patience },
  });
  return net.open({
    integration: "acme",
    allowPrivate: true,
    budget: { connections: 100, requests: 100 },
    lanes: 6,
    deadlineMs: 20_000,
    signal: new AbortController().signal,
  });
}

function heads(api: RunningApi): string {
  return api
    .requests()
    .map(({ head }) => head)
    .join("\n");
}

describe("probes on a real server", () => {
  it("see a well-run API as it is", async () => {
    const { api, question, context } = await lab();
    const tls = await tlsSessionProbe.observe(question, context);
    expect(tls).toMatchObject({ outcome: "observed", evidence: { version: "TLS 1.3", trusted: true, chainSource: "node" } });
    expect(tls.outcome === "observed" && tls.evidence.chain[0]?.dnsNames).toEqual(["localhost"]);
    const versions = await tlsParametersProbe.observe({ ...question, ...QUICK }, context);
    expect(versions.outcome === "observed" && versions.evidence.versions.map(({ version, support }) => `${version} ${support}`)).toEqual([
      "SSL 3.0 refused",
      "TLS 1.0 refused",
      "TLS 1.1 refused",
      "TLS 1.2 accepted",
      "TLS 1.3 accepted",
    ]);
    const response = await httpResponseProbe.observe(question, context);
    expect(response).toMatchObject({ evidence: { status: 200, trusted: true, credential: { state: "sent", in: "header" } } });
    const authenticated = response.outcome === "observed" ? (response.evidence as HttpResponseEvidence) : undefined;
    const unauthenticated = await httpUnauthenticatedProbe.observe(
      { ...question, level: "shape", ...(authenticated === undefined ? {} : { authenticated }) },
      context,
    );
    expect(unauthenticated).toMatchObject({ outcome: "observed", evidence: { status: 401 } });
    const plaintext = await httpPlaintextProbe.observe(question, context);
    expect(plaintext).toMatchObject({ outcome: "observed", evidence: { state: "answered", status: 400 } });
    expect(api.counts()).toMatchObject({ connections: 13, requests: 3 });
    expect(heads(api).split(SECRET)).toHaveLength(2);
    expect(canariesIn(JSON.stringify([tls, versions, response, unauthenticated, plaintext]), [SECRET])).toEqual([]);
  });

  it("see data that is handed out to anybody", async () => {
    const { question, context } = await lab({ auth: { in: "open" } });
    const response = await httpResponseProbe.observe(question, context);
    if (response.outcome !== "observed") throw new Error(response.failure.reason);
    const unauthenticated = await httpUnauthenticatedProbe.observe(
      { ...question, level: "full", authenticated: response.evidence },
      context,
    );
    expect(unauthenticated).toMatchObject({ evidence: { status: 200, sameShape: true, shape: { topLevel: ["data", "has_more"] } } });
    const headersOnly = await httpUnauthenticatedProbe.observe({ ...question, level: "headers" }, context);
    expect(headersOnly).toMatchObject({ evidence: { level: "headers", status: 200 } });
  });

  it("see versions of long ago", async () => {
    const { question, context } = await lab({ tlsVersions: { min: "TLS 1.0", max: "TLS 1.1" } });
    expect(await tlsSessionProbe.observe(question, context)).toMatchObject({ evidence: { version: "TLS 1.1" } });
    const versions = await tlsParametersProbe.observe({ ...question, ...QUICK }, context);
    expect(versions.outcome === "observed" && versions.evidence.versions.map(({ support }) => support)).toEqual([
      // Asked by halves at depth quick, and refused with an alert that may be about the halves.
      "unknown",
      "accepted",
      "accepted",
      "refused",
      "refused",
    ]);
  });

  it("send no credential where the certificate is not trusted", async () => {
    const { api, question, context } = await lab({ certificate: "self-signed" });
    expect(await tlsSessionProbe.observe(question, context)).toMatchObject({ evidence: { trusted: false } });
    expect(await httpResponseProbe.observe(question, context)).toMatchObject({ outcome: "failed", failure: { reason: "tls_untrusted" } });
    expect(api.counts().requests).toBe(0);
  });

  it.each([
    ["refused", { state: "answered", status: 400 }],
    ["served", { state: "answered", status: 401 }],
    ["redirect", { state: "answered", status: 301 }],
  ] as const)("see plain http that is %s", async (plaintext, evidence) => {
    const { question, context } = await lab({ plaintext });
    expect(await httpPlaintextProbe.observe(question, context)).toMatchObject({ outcome: "observed", evidence });
  });

  it("take a port that closes on plain HTTP, and speaks TLS, for a port without plain HTTP", async () => {
    const { question, context } = await lab({ plaintext: "closed" });
    expect(await httpPlaintextProbe.observe(question, context)).toMatchObject({ outcome: "observed", evidence: { state: "closed" } });
  });

  it("see that nobody listens", async () => {
    const { question, context } = await lab({ listens: false });
    expect(await tlsSessionProbe.observe(question, context)).toMatchObject({ outcome: "refused" });
    expect(await httpPlaintextProbe.observe(question, context)).toMatchObject({ outcome: "observed", evidence: { state: "closed" } });
  });

  it("keep out of evidence what a server says of people and of us", async () => {
    const canary = { email: "ann.lee@mail.example", note: SECRET, [SECRET]: btoa(SECRET) };
    const { question, context } = await lab({
      resources: { "/v1/orders": { data: [canary] } },
      headers: { ...CLEAN.headers, server: `echo ${SECRET}`, "x-user": "ann.lee@mail.example", link: `</u/${SECRET}>; rel="self"` },
    });
    const response = await httpResponseProbe.observe(question, context);
    expect(response).toMatchObject({ outcome: "observed", evidence: { status: 200 } });
    expect(canariesIn(JSON.stringify(response), [SECRET, "ann.lee@mail.example"])).toEqual([]);
  });

  it.each([0.1, 0.3, 0.6])(
    "never take a broken connection for an opinion, and stay within their bounds: %d reset or stalled",
    async (share) => {
      const refusable = ["SSL 3.0", "TLS 1.0", "TLS 1.1"];
      for (const seed of [1, 2, 3]) {
        const interference = { reset: share / 2, stall: share / 2, tooManyRequests: 0, seed };
        const { question, context, net } = await lab({ interference }, 250);
        const before = net.sent();
        const versions = await tlsParametersProbe.observe({ ...question, ...QUICK }, context);
        expect(spent(before, net.sent())).toBeLessThanOrEqual(tlsParametersProbe.bound("quick").connections);
        if (versions.outcome !== "observed") continue;
        for (const { version, support } of versions.evidence.versions) {
          expect([version, support]).not.toEqual([version, refusable.includes(version) ? "accepted" : "refused"]);
        }
      }
    },
  );
});

describe("the registry", () => {
  it("lists each probe once, with a bound", () => {
    expect(
      PROBES.map(({ id, kind, bound }) => [id, kind, ...DEPTHS.map((depth) => bound(depth).connections), bound("full").requests]),
    ).toEqual([
      ["tls-session", "tls-session", 3, 3, 3, 0],
      ["tls-parameters", "tls", 9, 160, 200, 0],
      ["http-response", "http-response", 2, 2, 2, 2],
      ["http-unauthenticated", "http-unauthenticated", 2, 2, 2, 2],
      ["http-invalid-credential", "http-invalid-credential", 2, 2, 2, 2],
      ["http-query-credential", "http-query-credential", 8, 8, 8, 8],
      ["http-plaintext", "http-plaintext", 3, 3, 3, 2],
      ["revocation", "revocation", 4, 4, 4, 4],
      ["domain", "domain", 0, 0, 0, 0],
      ["registration", "registration", 2, 2, 2, 2],
      ["client-certificate", "client-certificate", 0, 0, 0, 0],
      ["credential", "credential", 0, 0, 0, 0],
      ["token-request", "token-response", 1, 1, 1, 1],
      ["token", "token", 0, 0, 0, 0],
      ["oauth-metadata", "oauth-metadata", 3, 3, 3, 3],
      ["jwks", "jwks", 1, 1, 1, 1],
      ["http-not-found", "http-not-found", 1, 1, 1, 1],
      ["http-preflight", "http-preflight", 1, 1, 1, 1],
      ["security-txt", "security-txt", 2, 2, 2, 2],
      ["sdk", "sdk", 0, 0, 0, 0],
      ["response-history", "response-history", 0, 0, 0, 0],
      ["api-description", "api-description", 0, 0, 0, 0],
    ]);
  });
});

function spent(before: SentCounters, after: SentCounters): number {
  return after.connections - before.connections;
}
