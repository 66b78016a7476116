import { describe, expect, it } from "vitest";
import { createRunMemo } from "../../../src/app/run-memo.ts";
import type { TlsSessionEvidence } from "../../../src/evidence/kinds.ts";
import { DAY } from "../../../src/model/instant.ts";
import { certificateFacts } from "../../../src/observe/probes/certificate-facts.ts";
import { type CertificateQuestion, revocationProbe } from "../../../src/observe/probes/revocation.ts";
import { revocationSources } from "../../../src/observe/probes/revocation-sources.ts";
import { parseCertificate } from "../../../src/pki/certificate.ts";
import { ocspRequest } from "../../../src/pki/ocsp-request.ts";
import { authorityInformationAccess, crlDistributionPoints, EXTENSION } from "../../lab/support/certificate-extensions.ts";
import { daysFrom, intermediate, type LeafOptions, type Made, rootAuthority, serverLeaf } from "../../lab/support/certificate-factory.ts";
import { makeCrl, makeOcspError, makeOcspResponse, type OcspOptions } from "../../lab/support/revocation-factory.ts";
import { failed, fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, NOW, target } from "./support.ts";

const AT = new Date(NOW);
const ROOT = rootAuthority({ at: AT });
const ISSUER = intermediate(ROOT, { at: AT });
const LEAF = serverLeaf(ISSUER, { at: AT });

function sessionWith(chain: readonly Made[], trusted = true): TlsSessionEvidence {
  const facts = chain.map(({ der }) => certificateFacts(der)).filter((one) => one !== undefined);
  const cipherSuite = { name: "TLS_AES_128_GCM_SHA256" };
  return { address: "192.0.2.1", version: "TLS 1.3", cipherSuite, trusted, chain: facts, chainSource: "node" };
}

const sourcesOf = (options: LeafOptions) => revocationSources(sessionWith([serverLeaf(ISSUER, { at: AT, ...options }), ISSUER]));

async function observe(request: NonNullable<Script["request"]>, leaf: Made = LEAF) {
  const sources = revocationSources(sessionWith([leaf, ISSUER, ROOT]));
  if (sources === undefined) throw new Error("Nobody to ask.");
  const question: CertificateQuestion = { target: target(), address: "192.0.2.1", ...sources };
  const net = fakeNet({ request });
  return { net, observation: await revocationProbe.observe(question, { ...context(net), memo: createRunMemo() }) };
}

const ocsp = (status: OcspOptions["answers"][number]["status"] = "good") =>
  makeOcspResponse({ issuer: ISSUER, answers: [{ of: LEAF, status, thisUpdate: daysFrom(AT, -1), nextUpdate: daysFrom(AT, 6) }] });
const crl = (serials: readonly Uint8Array[] = [], nextUpdate = daysFrom(AT, 6)) =>
  makeCrl({
    issuer: ISSUER,
    thisUpdate: daysFrom(AT, -1),
    nextUpdate,
    revoked: serials.map((serial) => ({ serial, at: daysFrom(AT, -3), reason: "keyCompromise" })),
  }).der;

/** The responder and the list of the preset, each with its own answer. */
const answering =
  (
    responder: ReturnType<typeof httpAnswer>,
    list: ReturnType<typeof httpAnswer> = failed("connect_refused"),
  ): NonNullable<Script["request"]> =>
  (_request, _attempt, { host }) =>
    host === "ocsp.example" ? responder : list;

describe("whom a certificate names", () => {
  it("is asked by whoever knows its issuer", () => {
    expect(sourcesOf({})).toMatchObject({
      ocsp: new URL("http://ocsp.example/"),
      crl: new URL("http://crl.example/intermediate.crl"),
      issuer: { subject: { text: "CN=test intermediate" } },
    });
    expect(revocationSources(sessionWith([LEAF]))).toBeUndefined();
    expect(revocationSources(sessionWith([LEAF, ROOT]))).toBeUndefined();
    expect(revocationSources(sessionWith([LEAF, intermediate(ROOT, { at: AT }), ISSUER]))).toMatchObject({ issuer: { der: ISSUER.der } });
  });

  it("is not asked about a certificate that nobody trusts", () => {
    expect(revocationSources(sessionWith([LEAF, ISSUER], false))).toBeUndefined();
    expect(revocationSources(sessionWith([]))).toBeUndefined();
  });

  it.each([
    ["ldap://ocsp.example/"],
    ["file:///etc/passwd"],
    ["http://user:password@ocsp.example/"],
    ["http://"],
    [`http://ocsp.example/${"a".repeat(1024)}`],
  ])("is passed over as %s", (url) => {
    const named = { with: [authorityInformationAccess({ ocsp: [url] }), crlDistributionPoints([url])] };
    expect(sourcesOf(named)).toBeUndefined();
  });
});

describe("revocation", () => {
  it("asks the responder with one GET, about the certificate and nothing else", async () => {
    const { net, observation } = await observe(answering(httpAnswer({ body: ocsp() })));
    expect(net.asked).toHaveLength(1);
    const [{ request, target: asked } = {}] = net.asked;
    expect(asked?.origin).toBe("http://ocsp.example");
    expect(request).toMatchObject({ method: "GET", headers: { accept: "application/ocsp-response" }, maxBodyBytes: 16_384 });
    expect(request).not.toHaveProperty("credential");
    const der = Buffer.from(decodeURIComponent(request?.path.slice(1) ?? ""), "base64");
    const [leaf, issuer] = [LEAF, ISSUER].map(({ der: made }) => parseCertificate(made));
    expect(leaf !== undefined && issuer !== undefined && Buffer.compare(der, ocspRequest(leaf, issuer))).toBe(0);
    expect(observation).toMatchObject({
      probe: "revocation",
      kind: "revocation",
      key: { origin: "https://api.acme.example", address: "192.0.2.1" },
      outcome: "observed",
      evidence: { source: "ocsp", host: "ocsp.example", responseDer: Buffer.from(ocspLike(observation)).toString("base64") },
    });
  });

  it("asks for the list where the responder says nothing that counts, and keeps what it says of this one", async () => {
    const { net, observation } = await observe(
      answering(httpAnswer({ body: makeOcspError(3) }), httpAnswer({ body: crl([LEAF.serial, Uint8Array.of(1)]) })),
    );
    expect(net.asked.map(({ request }) => request?.path)).toEqual([expect.stringMatching(/^\/MF/), "/intermediate.crl"]);
    expect(observation).toMatchObject({
      outcome: "observed",
      evidence: {
        source: "crl",
        host: "crl.example",
        list: {
          issuer: "CN=test intermediate",
          status: "revoked",
          revokedAt: NOW - 3 * DAY,
          reason: "keyCompromise",
          thisUpdate: NOW - DAY,
        },
      },
    });
    expect(JSON.stringify(observation).length).toBeLessThan(1000);
  });

  it("asks for the list alone where no responder is named", async () => {
    const silent = serverLeaf(ISSUER, { at: AT, without: [EXTENSION.authorityInformationAccess] });
    const { net, observation } = await observe(() => httpAnswer({ body: crl() }), silent);
    expect(net.asked.map(({ request }) => request?.path)).toEqual(["/intermediate.crl"]);
    expect(observation).toMatchObject({ outcome: "observed", evidence: { list: { status: "good" } } });
  });

  it("keeps a word that does not count where there is no better one", async () => {
    const stale = httpAnswer({ body: crl([], daysFrom(AT, -0.5)) });
    expect((await observe(answering(failed("connect_timeout"), stale))).observation).toMatchObject({
      evidence: { source: "crl", list: { status: "unknown", doubt: "stale" } },
    });
    expect((await observe(answering(httpAnswer({ body: makeOcspError(6) })))).observation).toMatchObject({ evidence: { source: "ocsp" } });
  });

  it.each([
    ["connect_refused", failed("connect_refused")],
    ["redirect_not_followed", httpAnswer({ status: 302, headers: [["location", "http://192.0.2.9/"]] })],
    ["rate_limited", httpAnswer({ status: 429 })],
    ["server_error", httpAnswer({ status: 503 })],
    ["unexpected_status", httpAnswer({ status: 404 })],
    ["body_undecodable", httpAnswer({ text: "<html>" })],
    ["body_truncated", httpAnswer({ bodyProblem: { reason: "body_truncated", phase: "body", retriable: false } })],
  ] as const)("says %s where nobody was heard", async (reason, answer) => {
    expect((await observe(answering(failed("connect_refused"), answer))).observation).toMatchObject({ failure: { reason } });
  });

  it("sends no more than its bound, its repeats included", async () => {
    const { net } = await observe(() => failed("connection_reset", { retriable: true }));
    expect(net.sent()).toEqual(revocationProbe.bound("full"));
  });
});

/** ECDSA signs differently every time: what was stored is read back. */
function ocspLike(observation: Awaited<ReturnType<typeof observe>>["observation"]): Uint8Array {
  const { responseDer = "" } = observation.outcome === "observed" ? observation.evidence : {};
  return Buffer.from(responseDer, "base64");
}
