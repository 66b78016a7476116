import { X509Certificate } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { type CertificateRequest, createAuthority, type IssuedCertificate } from "../../src/demo/certificates.ts";
import { DAY } from "../../src/model/instant.ts";
import { verdictOf } from "../lab/support/client.ts";

const authority = createAuthority({ name: "test authority" });

describe("what node's verifier says", () => {
  test.each<[string, Partial<CertificateRequest>]>([
    ["EC", {}],
    ["RSA", { keyType: "rsa" }],
    ["an IPv4 address alone", { dnsNames: [], ipAddresses: ["127.0.0.1"] }],
  ])("trusts a leaf of the authority: %s", async (_name, request) => {
    const issued = authority.issue({ ...lasting, ...request });
    const host = request.ipAddresses === undefined ? "localhost" : "127.0.0.1";
    expect(await verdict(issued, host, authority.certificatePem)).toBe("trusted");
  });

  test("an expired leaf", async () => {
    const issued = authority.issue({ ...lasting, notBefore: daysFromNow(-90), notAfter: daysFromNow(-1) });
    expect(await verdict(issued, "localhost", authority.certificatePem)).toBe("CERT_HAS_EXPIRED");
  });

  test("a leaf that is not valid yet", async () => {
    const issued = authority.issue({ ...lasting, notBefore: daysFromNow(1), notAfter: daysFromNow(90) });
    expect(await verdict(issued, "localhost", authority.certificatePem)).toBe("CERT_NOT_YET_VALID");
  });

  test("a leaf for another name", async () => {
    const issued = authority.issue({ ...lasting, dnsNames: ["other.example"] });
    expect(await verdict(issued, "localhost", authority.certificatePem)).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  });

  test("a leaf that signed itself", async () => {
    const issued = authority.issue({ ...lasting, selfSigned: true });
    expect(await verdict(issued, "localhost", authority.certificatePem)).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  test("a leaf of an authority that nobody trusts", async () => {
    const stranger = createAuthority({ name: "stranger" });
    expect(await verdict(stranger.issue(lasting), "localhost", authority.certificatePem)).toBe("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  });

  test("an authority that has expired", async () => {
    const past = createAuthority({ notBefore: daysFromNow(-200), notAfter: daysFromNow(-100) });
    expect(await verdict(past.issue(lasting), "localhost", past.certificatePem)).toBe("CERT_HAS_EXPIRED");
  });
});

describe("what stands in a certificate", () => {
  test("names, addresses, dates, serial and purpose of a leaf", () => {
    const issued = authority.issue({
      commonName: "api of Acme",
      dnsNames: ["localhost", "*.acme.example"],
      ipAddresses: ["127.0.0.1", "::1", "2001:db8::7:0:ff"],
      notBefore: new Date("2026-11-03T10:00:00Z"),
      notAfter: new Date("2052-02-01T10:00:00Z"),
      serial: "00c0ffee",
    });
    const leaf = new X509Certificate(issued.certificatePem);
    expect(leaf.subject).toBe("CN=api of Acme");
    expect(leaf.issuer).toBe("CN=test authority");
    expect(leaf.subjectAltName).toBe(
      "DNS:localhost, DNS:*.acme.example, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:2001:DB8:0:0:0:7:0:FF",
    );
    expect(new Date(leaf.validFrom).toISOString()).toBe("2026-11-03T10:00:00.000Z");
    expect(new Date(leaf.validTo).toISOString()).toBe("2052-02-01T10:00:00.000Z");
    expect(leaf.serialNumber).toBe("C0FFEE");
    expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(leaf.ca).toBe(false);
  });

  test("the authority vouches for its leaves and for itself", () => {
    const root = new X509Certificate(authority.certificatePem);
    const leaf = new X509Certificate(authority.issue(lasting).certificatePem);
    expect(root.ca).toBe(true);
    expect(root.verify(root.publicKey)).toBe(true);
    expect(leaf.checkIssued(root)).toBe(true);
    expect(leaf.verify(root.publicKey)).toBe(true);
  });

  test("a chain is the leaf alone, for its authority is a root; and one may sign itself", () => {
    const issued = authority.issue(lasting);
    expect(issued.chainPem).toBe(issued.certificatePem);
    const alone = authority.issue({ ...lasting, selfSigned: true });
    expect(alone.chainPem).toBe(alone.certificatePem);
    const certificate = new X509Certificate(alone.certificatePem);
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test("serials and keys differ from leaf to leaf", () => {
    const [one, two] = [authority.issue(lasting), authority.issue(lasting)];
    expect(new X509Certificate(one.certificatePem).serialNumber).not.toBe(new X509Certificate(two.certificatePem).serialNumber);
    expect(one.keyPem).not.toBe(two.keyPem);
  });
});

const lasting: CertificateRequest = {
  dnsNames: ["localhost"],
  notBefore: daysFromNow(-20),
  notAfter: daysFromNow(90),
};

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * DAY);
}

/** "trusted", or the code of the verifier, of a real handshake on loopback. */
async function verdict(issued: IssuedCertificate, host: string, ca: string): Promise<string> {
  const server = createServer({ cert: issued.chainPem, key: issued.keyPem }, (socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const found = await verdictOf(port, ca, host);
  await new Promise((resolve) => server.close(resolve));
  return found.verdict;
}
