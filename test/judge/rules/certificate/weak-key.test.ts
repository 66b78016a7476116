import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { bitString, integer, nothing, objectIdentifier, sequence } from "../../../../src/demo/der.ts";
import { weakKey } from "../../../../src/judge/rules/certificate/weak-key.ts";
import { intermediate, type Made, rootAuthority, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { type KeyKind, type KeyPair, publicOnly, sharedKey } from "../../../lab/support/certificate-keys.ts";
import { NOW } from "../../builders.ts";
import { chainOf, leaf, ROOT, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const AT = new Date(NOW);
const says = (name: string, chain: readonly Made[], ...said: readonly string[]): RuleCase => ({
  name,
  observations: [shown(chain)],
  expect: [["key", ...said] as unknown as RuleCase["expect"][number]],
});
const withKey = (key: KeyPair) => chainOf(leaf({ key }));
const of = (kind: KeyKind, ...said: readonly string[]) => says(kind, withKey(sharedKey(kind)), ...said);
const below = (authority: Made) => [serverLeaf(authority, { at: AT }), authority];
const authority = (key: KeyPair, parent = ROOT) => intermediate(parent, { at: AT, key, subject: "weak authority" });

/** RSA in these numbers, whatever they are. */
const rsa = (modulus: Uint8Array, exponent: Uint8Array) =>
  publicOnly(
    sequence(sequence(objectIdentifier("1.2.840.113549.1.1.1"), nothing()), bitString(sequence(integer(modulus), integer(exponent)))),
  );
const curve = (id: string) =>
  publicOnly(sequence(sequence(objectIdentifier("1.2.840.10045.2.1"), objectIdentifier(id)), bitString(Uint8Array.of(4, 1, 1))));
const F4 = Uint8Array.of(1, 0, 1);
const LONG = new Uint8Array(2049).fill(0xff);
const OWN = chainOf();
const common = chainCases("key", "strong");

describeRule(
  weakKey,
  {
    pass: [
      ...(["ec", "p224", "p384", "p521", "secp256k1", "brainpool", "ed25519", "ed448", "rsa", "rsa3072", "rsaPss"] as const).map((kind) =>
        of(kind, "strong"),
      ),
      says("an authority with a strong key", below(authority(sharedKey("rsa"))), "strong"),
      says(
        "a root of 1024 bits: the user's own choice",
        (() => {
          const root = rootAuthority({ at: AT, key: sharedKey("rsa1024"), subject: "short root" });
          const between = intermediate(root, { at: AT });
          return [serverLeaf(between, { at: AT }), between, root];
        })(),
        "strong",
      ),
    ],
    fail: [
      of("rsaModulusEven", "small-factor", "critical"),
      of("rsaClosePrimes", "close-primes", "critical"),
      of("rsaRoca", "roca", "critical"),
      of("rsaExponent1", "exponent-one", "critical"),
      of("rsaExponentEven", "exponent-even", "high"),
      of("rsaExponent3", "exponent-small", "info"),
      of("rsa1024", "short-key", "high"),
      of("rsa2047", "short-key", "high"),
      of("p192", "short-key", "high"),
      of("dsa", "dsa", "low"),
      says("secp160r1", withKey(curve("1.3.132.0.8")), "short-key", "high"),
      says("secp128r1", withKey(curve("1.3.132.0.28")), "very-short-key", "critical"),
      says("an exponent of 65535", withKey(rsa(prime2048(), Uint8Array.of(255, 255))), "exponent-small", "info"),
      says("RSA of 1023 bits", withKey(rsaOf(1023)), "very-short-key", "critical"),
      says("RSA of 511 bits", withKey(rsa(oddOctets(64, 0x7f), F4)), "very-short-key", "critical"),
      says("an authority above it", below(authority(sharedKey("rsa1024"))), "short-key", "high"),
      says("an authority above it, though its root is unknown", below(authority(sharedKey("rsa1024"), stranger())), "short-key", "high"),
      {
        name: "the other certificate of a dual host: as bad as the own",
        observations: [shown(OWN), serving([{ chain: OWN }, { chain: withKey(sharedKey("rsaClosePrimes")) }])],
        expect: [
          ["key", "strong"],
          ["key-rsa", "close-primes", "critical"],
        ],
      },
    ],
    "not-applicable": common["not-applicable"],
    unobserved: [
      ...common.unobserved,
      says("its authority left out", [leaf()], "unobserved", "evidence_ambiguous"),
      says("a curve in numbers", withKey(sharedKey("ecExplicit")), "unobserved", "evidence_ambiguous"),
      says("a kind of key that nobody knows", withKey(strange()), "unobserved", "evidence_ambiguous"),
    ],
    hostile: [
      ...common.hostile,
      says("a modulus of 16392 bits, which is not computed with", withKey(rsa(LONG, F4)), "unobserved", "evidence_ambiguous"),
      says("the modulus 0", withKey(rsa(Uint8Array.of(0), F4)), "very-short-key", "critical"),
      says("the modulus 1", withKey(rsa(Uint8Array.of(1), F4)), "very-short-key", "critical"),
      says("no numbers in the key", withKey(empty()), "unobserved", "evidence_ambiguous"),
    ],
  },
  () => {
    const told = (chain: readonly Made[]) => runCase(weakKey, { name: "", observations: [shown(chain)], expect: [] })[0]?.message;

    test("says whose key it is, and how long", () => {
      expect(told(withKey(sharedKey("rsa1024")))).toBe("The certificate has a key of 1024 bits; 2048 are the least.");
      expect(told(below(authority(sharedKey("p192"))))).toBe(
        "An authority that the certificate rests on has a key of 192 bits; 224 are the least.",
      );
    });
  },
);

function rsaOf(modulusLength: number): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength });
  return { publicKeyInfo: publicKey.export({ type: "spki", format: "der" }), privateKey };
}

function stranger(): Made {
  return rootAuthority({ at: AT, subject: "a root that nobody trusts" });
}

/** An odd number that begins with this octet, with nothing else to be said for it. */
function oddOctets(length: number, first: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at === 0 ? first : at === length - 1 ? 1 : 0xa5));
}

/** The modulus of a good key. */
function prime2048(): Uint8Array {
  const { publicKeyInfo } = sharedKey("rsa");
  const at = publicKeyInfo.length - 5 - 256;
  return publicKeyInfo.subarray(at, at + 256);
}

function strange(): KeyPair {
  return publicOnly(sequence(sequence(objectIdentifier("2.16.840.1.101.3.4.3.18")), bitString(Uint8Array.of(1, 2, 3))));
}

function empty(): KeyPair {
  return publicOnly(sequence(sequence(objectIdentifier("1.2.840.113549.1.1.1"), nothing()), bitString(Uint8Array.of(5, 0))));
}
