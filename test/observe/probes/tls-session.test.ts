import { describe, expect, it } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import { sha256Hex } from "../../../src/model/digest.ts";
import type { TlsSessionFacts } from "../../../src/model/net-port.ts";
import { ok } from "../../../src/model/result.ts";
import { tlsSessionProbe } from "../../../src/observe/probes/tls-session.ts";
import { failed, fakeNet } from "../../support/fake-net.ts";
import { context, credentials, SECRET, target, URL_OF_API } from "./support.ts";

const authority = createAuthority({ name: "Test authority" });
const leafPem = authority.issue({
  commonName: "api.acme.example",
  dnsNames: ["api.acme.example", "*.acme.example"],
  ipAddresses: ["192.0.2.1"],
  notBefore: new Date("2026-11-01T00:00:00Z"),
  notAfter: new Date("2027-02-01T00:00:00Z"),
}).certificatePem;

function der(pem: string): Uint8Array {
  return Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ""), "base64");
}

const FACTS: TlsSessionFacts = {
  version: "TLS 1.2",
  cipherSuite: { name: "ECDHE-RSA-AES128-GCM-SHA256" },
  alpn: "h2",
  group: "X25519",
  chain: [der(leafPem), der(authority.certificatePem)],
  chainSource: "node",
  extraAnchors: [],
};

function observe(facts: TlsSessionFacts, keeper = credentials()) {
  return tlsSessionProbe.observe({ target: target(), address: "192.0.2.1" }, context(fakeNet({ tlsSession: () => ok(facts) }), keeper));
}

describe("tls-session", () => {
  it("tells what was negotiated and what the certificates say", async () => {
    const observation = await observe(FACTS);
    expect(observation).toMatchObject({ outcome: "observed", key: { origin: URL_OF_API, address: "192.0.2.1" } });
    if (observation.outcome !== "observed") return;
    expect(observation.evidence).toMatchObject({
      address: "192.0.2.1",
      version: "TLS 1.2",
      cipherSuite: { name: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", code: "0xC02F" },
      alpn: "h2",
      group: "X25519",
      trusted: true,
      chainSource: "node",
    });
    expect(observation.evidence).not.toHaveProperty("trustError");
    const [leaf, issuer] = observation.evidence.chain;
    expect(leaf).toEqual({
      der: Buffer.from(der(leafPem)).toString("base64"),
      sha256: sha256Hex(der(leafPem)),
      subject: "CN=api.acme.example",
      issuer: "CN=Test authority",
      dnsNames: ["api.acme.example", "*.acme.example"],
      notBefore: Date.UTC(2026, 10, 1),
      notAfter: Date.UTC(2027, 1, 1),
      selfIssued: false,
    });
    expect(issuer).toMatchObject({ subject: "CN=Test authority", dnsNames: [], selfIssued: true });
  });

  it("keeps the verifier's word for what it does not trust", async () => {
    const observation = await observe({ ...FACTS, trustError: "CERT_HAS_EXPIRED" });
    expect(observation).toMatchObject({ evidence: { trusted: false, trustError: "CERT_HAS_EXPIRED" } });
  });

  it("keeps the name of a suite that nobody registered", async () => {
    const observation = await observe({ ...FACTS, cipherSuite: { name: "GOST-2099", code: "0xFF99" } });
    expect(observation).toMatchObject({ evidence: { cipherSuite: { name: "GOST-2099", code: "0xFF99" } } });
  });

  it("ends the chain at a certificate that cannot be read, and sees nothing where that is the leaf", async () => {
    const garbage = new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x01]);
    const observation = await observe({ ...FACTS, chain: [der(leafPem), garbage, der(authority.certificatePem)] });
    expect(observation.outcome === "observed" && observation.evidence.chain).toHaveLength(1);
    expect(await observe({ ...FACTS, chain: [garbage, der(leafPem)] })).toMatchObject({
      outcome: "failed",
      failure: { reason: "tls_protocol_error", code: "certificate", retriable: false },
    });
  });

  it("reads names that hold commas, quotes and control characters as one name each", async () => {
    const hostile = authority.issue({
      dnsNames: ["a.example, DNS:bank.example", 'quo"te.example', "esc\u001b[2J.example"],
      notBefore: new Date("2026-11-01T00:00:00Z"),
      notAfter: new Date("2027-02-01T00:00:00Z"),
    });
    const observation = await observe({ ...FACTS, chain: [der(hostile.certificatePem)] });
    expect(observation.outcome === "observed" && observation.evidence.chain[0]?.dnsNames).toEqual([
      "a.example, DNS:bank.example",
      'quo"te.example',
      "esc[2J.example",
    ]);
  });

  it("asks once more where that may help, and not otherwise", async () => {
    const reset = failed("connection_reset", { phase: "tls", retriable: true });
    const once = fakeNet({ tlsSession: (attempt) => (attempt === 1 ? reset : ok(FACTS)) });
    expect(await tlsSessionProbe.observe({ target: target(), address: "192.0.2.1" }, context(once))).toMatchObject({ outcome: "observed" });
    const limited = fakeNet({ tlsSession: () => failed("connection_reset", { retriable: true, limiting: true }) });
    await tlsSessionProbe.observe({ target: target(), address: "192.0.2.1" }, context(limited));
    const old = fakeNet({ tlsSession: () => failed("tls_alert", { phase: "tls", code: "alert 70" }) });
    await tlsSessionProbe.observe({ target: target(), address: "192.0.2.1" }, context(old));
    expect([once, limited, old].map((net) => net.sent().connections)).toEqual([2, 1, 1]);
  });

  it.each([
    ["connect_refused", "connect", "refused"],
    ["connect_timeout", "connect", "timed-out"],
    ["network_unreachable", "connect", "unreachable"],
    ["address_not_allowed", "resolve", "unreachable"],
    ["proxy_auth_required", "proxy", "unreachable"],
    ["tls_timeout", "tls", "timed-out"],
    ["tls_alert", "tls", "failed"],
    ["client_certificate_required", "tls", "failed"],
    ["connection_reset", "tls", "failed"],
    ["budget_exhausted", "connect", "skipped"],
    ["interrupted", "connect", "skipped"],
    ["deadline_exceeded", "connect", "timed-out"],
  ] as const)("calls %s in phase %s %s", async (reason, phase, outcome) => {
    const net = fakeNet({ tlsSession: () => failed(reason, { phase }) });
    const observation = await tlsSessionProbe.observe({ target: target(), address: "192.0.2.1" }, context(net));
    expect(observation).toMatchObject({ outcome, failure: { reason, phase } });
  });

  it("keeps a secret of ours out of a certificate that repeats it", async () => {
    const keeper = credentials();
    await keeper.resolve("env:KEY", URL_OF_API);
    const echo = authority.issue({
      commonName: SECRET,
      dnsNames: [`${SECRET}.example`],
      notBefore: new Date("2026-11-01T00:00:00Z"),
      notAfter: new Date("2027-02-01T00:00:00Z"),
    });
    const observation = await observe({ ...FACTS, alpn: SECRET, chain: [der(echo.certificatePem)] }, keeper);
    expect(observation).toMatchObject({ evidence: { alpn: "[secret]", chain: [{ der: "", subject: "", dnsNames: [] }] } });
  });
});
