import { spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { describe, expect, it } from "vitest";
import { trustAnchors } from "../../src/catalog/trust-anchors.ts";

describe("trust anchors", () => {
  it("are laid out as the generator writes them", () => {
    const { stderr, status } = spawnSync(process.execPath, ["test/support/write-trust-anchors.mjs", "--check"], { encoding: "utf8" });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  });

  it("are certificates of authorities that signed themselves, with the hash that is written beside them", () => {
    for (const { name, sha256, der } of trustAnchors()) {
      const certificate = new X509Certificate(der);
      expect(createHash("sha256").update(der).digest("hex"), name).toBe(sha256);
      expect({ name, ca: certificate.ca, own: certificate.verify(certificate.publicKey) }).toEqual({ name, ca: true, own: true });
    }
  });

  // As the authorities publish them.
  it.each([
    ["ISRG Root X1", "96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6"],
    ["DigiCert Global Root G2", "cb3ccbb76031e5e0138f8dd39a23f9de47ffc35e43c1144cea27d46a5ab1cb5f"],
    ["GlobalSign Root CA - R3", "cbb522d7b7f127ad6a0113865bdf1cd4102e7d0759af635a7cf4720dc963c53b"],
  ])("have %s", (name, sha256) => {
    expect(trustAnchors().find((anchor) => anchor.name === name)?.sha256).toBe(sha256);
  });

  it("are listed once each, and decoded once", () => {
    expect(new Set(trustAnchors().map(({ sha256 }) => sha256)).size).toBe(trustAnchors().length);
    expect(trustAnchors()).toBe(trustAnchors());
  });

  // Mozilla takes roots away and adds some every year: of the 144 of Node.js 20.20.2, the file knows 113.
  it("are for the greater part those of the node that runs this", () => {
    const ours = new Set(trustAnchors().map(({ sha256 }) => sha256));
    const theirs = rootCertificates.map((pem) => createHash("sha256").update(new X509Certificate(pem).raw).digest("hex"));
    const shared = theirs.filter((sha256) => ours.has(sha256)).length;
    expect(shared / theirs.length, `${shared} of ${theirs.length} are known, ${ours.size} are in the file`).toBeGreaterThan(2 / 3);
  });
});
