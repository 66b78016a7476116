import { generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import { bitString, explicit, integer, nothing, objectIdentifier, sequence, set, utf8String } from "../../../src/demo/der.ts";
import { DAY } from "../../../src/model/instant.ts";
import { distinguishedName } from "../../../src/observe/wire/distinguished-name.ts";
import { leafKey } from "../../../src/observe/wire/leaf-key.ts";

/** A certificate of nobody, with the key as node encodes it. */
const certificateOf = ({ publicKey }: { readonly publicKey: KeyObject }, version = 3) => {
  const spki = publicKey.export({ type: "spki", format: "der" });
  const start = version === 3 ? [explicit(0, integer(Uint8Array.of(2)))] : [];
  const before = [integer(Uint8Array.of(1)), sequence(objectIdentifier("1.2.3")), sequence(), sequence(), sequence()];
  return sequence(sequence(...start, ...before, spki), sequence(objectIdentifier("1.2.3"), nothing()), bitString(new Uint8Array(9)));
};

describe("the key of a certificate", () => {
  it.each<[string, { readonly publicKey: KeyObject }, object]>([
    ["RSA", generateKeyPairSync("rsa", { modulusLength: 1024 }), { key: "rsa", bits: 1024 }],
    ["RSA-PSS", generateKeyPairSync("rsa-pss", { modulusLength: 1024 }), { key: "rsa-pss", bits: 1024 }],
    ["DSA", generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 }), { key: "dsa" }],
    ["Ed25519", generateKeyPairSync("ed25519"), { key: "eddsa" }],
    ["Ed448", generateKeyPairSync("ed448"), { key: "eddsa" }],
    ["X25519, which signs nothing", generateKeyPairSync("x25519"), { key: "other" }],
    ["a curve without a code point", generateKeyPairSync("ec", { namedCurve: "secp128r1" }), { key: "ecdsa" }],
    ["a curve that is spelled out", generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" }), { key: "ecdsa" }],
  ])("is %s", (_name, keys, kind) => {
    expect(leafKey(certificateOf(keys))).toEqual(kind);
  });

  it.each([
    ["secp224r1", 0x0015],
    ["secp256k1", 0x0016],
    ["prime256v1", 0x0017],
    ["secp384r1", 0x0018],
    ["secp521r1", 0x0019],
    ["brainpoolP256r1", 0x001a],
    ["brainpoolP384r1", 0x001b],
    ["brainpoolP512r1", 0x001c],
    ["SM2", 0x0029],
  ])("is on curve %s", (namedCurve, group) => {
    expect(leafKey(certificateOf(generateKeyPairSync("ec", { namedCurve })))).toEqual({ key: "ecdsa", group });
  });

  it("is found in certificates of version 1, and in real ones", () => {
    expect(leafKey(certificateOf(generateKeyPairSync("ed25519"), 1))).toEqual({ key: "eddsa" });
    const { chainPem } = createAuthority().issue({ dnsNames: ["x.test"], keyType: "rsa", notBefore: new Date(0), notAfter: new Date(DAY) });
    expect(leafKey(new X509Certificate(chainPem).raw)).toEqual({ key: "rsa", bits: 2048 });
  });

  it("is unknown in what is no certificate", () => {
    const real = certificateOf(generateKeyPairSync("ed25519"));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(real.length - 20), (noise, length) => {
        expect(leafKey(noise)).toEqual({ key: "other" });
        expect(leafKey(real.subarray(0, length))).toEqual({ key: "other" });
      }),
    );
    expect(leafKey(Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff))).toEqual({ key: "other" });
  });
});

describe("a distinguished name", () => {
  const part = (oid: string, value: Uint8Array) => set(sequence(objectIdentifier(oid), value));
  const bmp = Uint8Array.of(0x1e, 4, 0x01, 0x50, 0x00, 0x41);

  it("is written in the order of its encoding, in each kind of string", () => {
    const name = sequence(
      part("2.5.4.6", Uint8Array.of(0x13, 2, 0x46, 0x52)),
      part("0.9.2342.19200300.100.1.25", Uint8Array.of(0x16, 4, ...Buffer.from("corp"))),
      set(sequence(objectIdentifier("2.5.4.10"), bmp), sequence(objectIdentifier("2.5.4.3"), utf8String("Émile"))),
      part("2.5.4.5", utf8String("7")),
    );
    expect(distinguishedName(name)).toBe("C=FR, DC=corp, O=ŐA, CN=Émile, serialNumber=7");
  });

  it("may be empty, is cut where it is too long, and is none in anything else", () => {
    expect(distinguishedName(sequence())).toBe("");
    expect(distinguishedName(sequence(part("2.5.4.3", utf8String("x".repeat(5000)))))).toHaveLength(256);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (noise) => {
        expect(["string", "undefined"]).toContain(typeof distinguishedName(noise));
      }),
    );
    expect(distinguishedName(Uint8Array.of(4, 0))).toBeUndefined();
  });
});
