import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { observeIntegration } from "../../src/app/observe-integration.ts";
import { planAudit, sentToAuthorities } from "../../src/app/plan.ts";
import { createRunMemo } from "../../src/app/run-memo.ts";
import { revoked } from "../../src/judge/rules/certificate/revoked.ts";
import { judge } from "../../src/judge/rules/engine.ts";
import { DAY } from "../../src/model/instant.ts";
import { createNet } from "../../src/observe/net/net.ts";
import { anIntegration } from "../judge/builders.ts";
import { credentials } from "../observe/probes/support.ts";
import { authorityInformationAccess, crlDistributionPoints } from "./support/certificate-extensions.ts";
import { daysFrom, intermediate, type Made, rootAuthority, serverLeaf } from "./support/certificate-factory.ts";
import { keyOf, opensslAuthority } from "./support/openssl-authority.ts";
import { makeCrl, makeOcspError, makeOcspResponse } from "./support/revocation-factory.ts";

const NOW = new Date();
const ROOT = rootAuthority();
const ISSUER = intermediate(ROOT);
const REVOKED = { revokedAt: daysFrom(NOW, -3), reason: "keyCompromise" } as const;
const CLOCK = { now: () => Date.now(), monotonic: () => performance.now() };
const NOTHING = {
  known: false,
  findings: [],
  waivers: [],
  observations: [],
  pace: [],
  sentLast31Days: { connections: 0, requests: 0 },
  maps: [],
};

/** A leaf whose responder and list are at this port. */
function leafAt(port: number, sources: readonly ("ocsp" | "crl")[], path = "/ocsp"): Made {
  const at = `http://127.0.0.1:${port}`;
  return serverLeaf(ISSUER, {
    ip: ["127.0.0.1"],
    with: [
      authorityInformationAccess({ ocsp: sources.includes("ocsp") ? [`${at}${path}`] : [], caIssuers: [`${at}/ca.cer`] }),
      ...(sources.includes("crl") ? [crlDistributionPoints([`${at}/list.crl`])] : []),
    ],
    ...(sources.includes("crl") ? {} : { without: ["2.5.29.31"] }),
  });
}

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** An authority that answers by path, and remembers what it was asked. */
async function authority(answers: Readonly<Record<string, () => Uint8Array>>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const answer = Object.entries(answers).find(([path]) => request.url?.startsWith(path))?.[1];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(answer?.());
  });
  return { asked, port: await listening(server) };
}

/** An API with this certificate is audited; what the rule says of it, and what was sent. */
async function audited(leaf: Made, options: { readonly revocation: boolean } = { revocation: true }, memo = createRunMemo()) {
  const api = createTlsServer({ key: keyOf(leaf), cert: leaf.pem + ISSUER.pem });
  api.on("tlsClientError", () => undefined);
  const port = await listening(api);
  const integration = anIntegration({ baseUrl: `https://127.0.0.1:${port}/`, endpoints: [], budget: { connectionsPerRun: 30 } });
  const plan = planAudit(integration, NOTHING, {
    depth: "quick",
    families: ["certificate"],
    deadlineMs: 20_000,
    now: Date.now(),
    registration: false,
    ...options,
  });
  const net = createNet({ userAgent: "apirisk/lab", extraCa: [ROOT.pem], proxies: {}, clock: CLOCK, globalConnections: 8 });
  const network = { allowPrivate: true, signal: new AbortController().signal };
  const { observations, sent } = await observeIntegration(plan, NOTHING, network, {
    net,
    credentials: credentials(),
    clock: CLOCK,
    memo,
    shared: async () => undefined,
  });
  const policy = { packs: [], rules: {} };
  const [result] = judge(
    { integration, observations, asOf: Date.now() },
    { rules: [revoked], policy, families: ["certificate"], known: [], hashOf: () => "" },
  );
  return { outcome: result?.outcome, reason: result?.reason, plan, sent };
}

describe("authorities that are asked", () => {
  it("answer by OCSP", async () => {
    let leaf: Made | undefined;
    let status: "good" | typeof REVOKED = "good";
    const answer = () =>
      makeOcspResponse({
        issuer: ISSUER,
        answers: [{ of: leaf ?? ISSUER, status, thisUpdate: daysFrom(NOW, -1), nextUpdate: daysFrom(NOW, 6) }],
      });
    const { port, asked } = await authority({ "/ocsp/": answer });
    leaf = leafAt(port, ["ocsp", "crl"]);
    const good = await audited(leaf);
    expect(good).toMatchObject({ outcome: "good", sent: { requests: 1 } });
    expect(asked).toEqual([expect.stringMatching(/^GET \/ocsp\/[\w%]{60,255}$/)]);
    status = REVOKED;
    expect(await audited(leaf)).toMatchObject({ outcome: "revoked" });
  });

  it("answer by a list of megabytes where the responder is busy", async () => {
    let leaf: Made | undefined;
    const others = Array.from({ length: 100_000 }, (_, at) => ({
      serial: Uint8Array.of(1, at >> 16, (at >> 8) & 0xff, at & 0xff),
      at: NOW,
    }));
    const { port, asked } = await authority({
      "/ocsp/": () => makeOcspError(3),
      "/list.crl": () => {
        const own = { serial: leaf?.serial ?? Uint8Array.of(1), at: daysFrom(NOW, -1) };
        return makeCrl({ issuer: ISSUER, thisUpdate: daysFrom(NOW, -1), nextUpdate: daysFrom(NOW, 6), revoked: [...others, own] }).der;
      },
    });
    leaf = leafAt(port, ["ocsp", "crl"]);
    expect(await audited(leaf)).toMatchObject({ outcome: "revoked", sent: { requests: 2 } });
    expect(asked[1]).toBe("GET /list.crl");
  });

  it("are not believed about another certificate, nor where they cannot be heard", async () => {
    const other = serverLeaf(ISSUER);
    const answer = () => makeOcspResponse({ issuer: ISSUER, answers: [{ of: other, status: REVOKED, thisUpdate: NOW }] });
    const { port } = await authority({ "/ocsp/": answer });
    expect(await audited(leafAt(port, ["ocsp"]))).toMatchObject({ outcome: "unobserved", reason: "revocation_unclear" });
    expect(await audited(leafAt(port, ["crl"]))).toMatchObject({ outcome: "unobserved", reason: "unexpected_status" });
  });

  it("are asked once in a run for a list that several certificates name, and once about one that several APIs serve", async () => {
    const { port, asked } = await authority({
      "/list.crl": () => makeCrl({ issuer: ISSUER, thisUpdate: daysFrom(NOW, -1), nextUpdate: daysFrom(NOW, 6), revoked: [] }).der,
    });
    const memo = createRunMemo();
    const [one, other, responding] = [leafAt(port, ["crl"]), leafAt(port, ["crl"]), leafAt(port, ["ocsp"])];
    const listed = await Promise.all([one, other].map((leaf) => audited(leaf, { revocation: true }, memo)));
    expect(listed.map(({ outcome }) => outcome)).toEqual(["good", "good"]);
    expect(listed.map(({ sent }) => sent.requests).sort()).toEqual([0, 1]);
    await audited(responding, { revocation: true }, memo);
    expect((await audited(responding, { revocation: true }, memo)).reason).toBe("unexpected_status");
    expect(asked).toEqual(["GET /list.crl", expect.stringMatching(/^GET \/ocsp\//)]);
    await audited(one);
    expect(asked.at(-1)).toBe("GET /list.crl");
  });

  it("are asked for nothing without the flag, and within what was said beforehand with it", async () => {
    const { port, asked } = await authority({});
    const without = await audited(leafAt(port, ["ocsp", "crl"]), { revocation: false });
    expect([without.outcome, without.reason, without.plan.bound.requests, asked]).toEqual(["unobserved", "not_requested", 0, []]);
    const { plan, sent } = await audited(leafAt(port, ["ocsp", "crl"]));
    expect(sentToAuthorities(plan.bound)).toEqual({ connections: 4, requests: 4 });
    expect(asked.length).toBe(2);
    expect(sent.requests).toBe(2);
    expect(sent.connections).toBeLessThanOrEqual(plan.bound.connections);
  });

  it("may be openssl", async () => {
    const port = await freePort();
    const [good, bad] = [leafAt(port, ["ocsp"], "/"), leafAt(port, ["ocsp"], "/")];
    const openssl = opensslAuthority(ISSUER, [
      { of: good },
      { of: bad, revoked: { at: new Date(Date.now() - DAY), reason: "keyCompromise" } },
    ]);
    if (openssl === undefined) return;
    const files = ["-index", "index.txt", "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key"];
    const responder = spawn("openssl", ["ocsp", ...files, "-port", String(port), "-nmin", "5"], {
      cwd: openssl.folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    onTestFinished(() => void responder.kill());
    // "waiting for OCSP client connections"
    await once(responder.stderr, "data");
    expect(await audited(good)).toMatchObject({ outcome: "good" });
    expect(await audited(bad)).toMatchObject({ outcome: "revoked" });
  });
});

async function freePort(): Promise<number> {
  const server = createTcpServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
