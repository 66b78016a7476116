import { createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseCertificate } from "../../src/pki/certificate.ts";
import { keyFacts } from "../../src/pki/key-strength.ts";
import { makeCertificate } from "../lab/support/certificate-factory.ts";
import { type KeyKind, type KeyPair, newKey, sharedKey } from "../lab/support/certificate-keys.ts";

const ISSUER = { name: makeCertificate({ subject: "issuer" }).name, key: newKey() };

function factsOf(key: KeyPair) {
  const certificate = parseCertificate(makeCertificate({ key, issuer: ISSUER }).der);
  if (certificate === undefined) throw new Error("A certificate that nobody can read.");
  expect(keyFacts(certificate.key)).toBe(keyFacts(certificate.key));
  return keyFacts(certificate.key);
}

describe("what a public key says of itself", () => {
  it.each(["rsa", "rsa1024", "rsa2047", "rsa3072", "rsaPss", "rsaExponent3"] as const)("is what OpenSSL reads: %s", (kind) => {
    const key = sharedKey(kind);
    const object = createPublicKey({ key: Buffer.from(key.publicKeyInfo), format: "der", type: "spki" });
    const { bits, exponent } = factsOf(key);
    expect({ bits, exponent }).toEqual({
      bits: object.asymmetricKeyDetails?.modulusLength,
      exponent: object.asymmetricKeyDetails?.publicExponent,
    });
  });

  it("has the modulus, to the last bit", () => {
    const key = sharedKey("rsa");
    const { n = "" } = createPublicKey({ key: Buffer.from(key.publicKeyInfo), format: "der", type: "spki" }).export({ format: "jwk" });
    expect(factsOf(key).modulus?.toString(16)).toBe(Buffer.from(n, "base64url").toString("hex"));
  });

  it.each<readonly [KeyKind, string, number | undefined, string | undefined]>([
    ["ec", "ecdsa", 256, "secp256r1"],
    ["p192", "ecdsa", 192, "secp192r1"],
    ["p224", "ecdsa", 224, "secp224r1"],
    ["brainpool", "ecdsa", 256, "brainpoolP256r1"],
    ["dsa", "dsa", 2048, undefined],
    ["ed25519", "ed25519", undefined, undefined],
  ])("of %s", (kind, type, bits, curve) => {
    expect(factsOf(sharedKey(kind))).toEqual({ type, ...(bits !== undefined && { bits }), ...(curve !== undefined && { curve }) });
  });

  it("of a curve that is spelled out", () => {
    expect(factsOf(sharedKey("ecExplicit"))).toEqual({ type: "ecdsa", isExplicitCurve: true });
  });
});
