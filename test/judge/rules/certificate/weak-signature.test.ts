import { expect, test } from "vitest";
import { nothing, objectIdentifier, sequence } from "../../../../src/demo/der.ts";
import { weakSignature } from "../../../../src/judge/rules/certificate/weak-signature.ts";
import { subjectAltName } from "../../../lab/support/certificate-extensions.ts";
import { intermediate, type Made, makeCertificate, rootAuthority, serverLeaf } from "../../../lab/support/certificate-factory.ts";
import { type Digest, sharedKey } from "../../../lab/support/certificate-keys.ts";
import { NOW } from "../../builders.ts";
import { chainOf, leaf, serving, shown } from "../../chain-builders.ts";
import { chainCases } from "../../chain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const AT = new Date(NOW);
const rsa = sharedKey("rsa");
const says = (name: string, chain: readonly Made[], ...said: readonly string[]): RuleCase => ({
  name,
  observations: [shown(chain)],
  expect: [["signature", ...said] as unknown as RuleCase["expect"][number]],
});
const RSA_ROOT = rootAuthority({ at: AT, key: rsa, subject: "RSA root" });
const RSA_AUTHORITY = intermediate(RSA_ROOT, { at: AT, key: rsa, subject: "RSA authority" });
/** Up to a root that is sent along. */
const signed = (digest: Digest, pss = false) => [serverLeaf(RSA_AUTHORITY, { at: AT, digest, pss }), RSA_AUTHORITY, RSA_ROOT];
const authoritySigned = (digest: Digest) => {
  const between = intermediate(RSA_ROOT, { at: AT, key: rsa, digest, subject: "RSA authority" });
  return [serverLeaf(between, { at: AT }), between, RSA_ROOT];
};
/** Nobody here signs with MD2: its name is put on a good signature. */
const MD2 = sequence(objectIdentifier("1.2.840.113549.1.1.2"), nothing());
const selfSigned = (digest: Digest) => [
  makeCertificate({
    subject: "api.acme.example",
    key: rsa,
    digest,
    notBefore: new Date(NOW - 1000),
    extensions: [subjectAltName({ dns: ["api.acme.example"] })],
  }),
];
const OWN = chainOf();
const common = chainCases("signature", "sound");

describeRule(
  weakSignature,
  {
    pass: [
      ...(["sha224", "sha256", "sha384", "sha512"] as const).map((digest) => says(digest, signed(digest), "sound")),
      says("PSS with SHA-256", signed("sha256", true), "sound"),
      says("EdDSA, which has no hash of its own", edwards(), "sound"),
      says("a root that signed itself with SHA-1", oldRoot(), "sound"),
    ],
    fail: [
      says("the leaf, with SHA-1", signed("sha1"), "sha-1", "medium"),
      says("the leaf, with PSS and SHA-1", signed("sha1", true), "sha-1", "medium"),
      says("the leaf, with MD5", signed("md5"), "md2-md5", "high"),
      says("an authority, with SHA-1", authoritySigned("sha1"), "sha-1", "medium"),
      says("an authority, with MD5", authoritySigned("md5"), "md2-md5", "high"),
      says("MD2, whoever signed it", [serverLeaf(RSA_AUTHORITY, { at: AT, outerAlgorithm: MD2 })], "md2-md5", "high"),
      says("the leaf, its authority left out", signed("sha1").slice(0, 1), "sha-1", "medium"),
      {
        name: "the other certificate of a dual host",
        observations: [
          shown(OWN),
          serving([{ chain: OWN }, { chain: [serverLeaf(RSA_AUTHORITY, { at: AT, key: rsa, digest: "sha1" }), RSA_AUTHORITY] }]),
        ],
        expect: [
          ["signature", "sound"],
          ["signature-rsa", "sha-1", "medium"],
        ],
      },
    ],
    "not-applicable": [...common["not-applicable"], says("vouching for itself, with SHA-1", selfSigned("sha1"), "nobody-signed")],
    unobserved: [
      ...common.unobserved,
      says("its authority left out", [leaf()], "unobserved", "evidence_ambiguous"),
      says("an algorithm that nobody knows", strange(), "unobserved", "evidence_ambiguous"),
    ],
    hostile: [
      ...common.hostile,
      says(
        "PSS with parameters that are none",
        [serverLeaf(RSA_AUTHORITY, { at: AT, outerAlgorithm: brokenPss() })],
        "unobserved",
        "evidence_ambiguous",
      ),
    ],
  },
  () =>
    test("says what is signed with what", () => {
      const told = (chain: readonly Made[]) => runCase(weakSignature, { name: "", observations: [shown(chain)], expect: [] })[0]?.message;
      expect(told(signed("md5"))).toBe("The certificate is signed with MD5, which gives no protection any more.");
      expect(told(authoritySigned("sha1"))).toBe(
        "An authority that the certificate rests on is signed with SHA-1, which current clients refuse.",
      );
    }),
);

function edwards(): readonly Made[] {
  const root = rootAuthority({ at: AT, key: sharedKey("ed25519"), subject: "Edwards root" });
  const between = intermediate(root, { at: AT, key: sharedKey("ed448"), subject: "Edwards authority" });
  return [serverLeaf(between, { at: AT }), between, root];
}

function oldRoot(): readonly Made[] {
  const root = rootAuthority({ at: AT, key: rsa, digest: "sha1", subject: "old root" });
  const between = intermediate(root, { at: AT, subject: "new authority" });
  return [serverLeaf(between, { at: AT }), between, root];
}

function strange(): readonly Made[] {
  return [
    serverLeaf(RSA_AUTHORITY, { at: AT, outerAlgorithm: sequence(objectIdentifier("1.3.6.1.4.1.99999.1")) }),
    RSA_AUTHORITY,
    RSA_ROOT,
  ];
}

function brokenPss(): Uint8Array {
  return sequence(objectIdentifier("1.2.840.113549.1.1.10"), nothing());
}
