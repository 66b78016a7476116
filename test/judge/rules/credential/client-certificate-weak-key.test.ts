import { bitString, objectIdentifier, sequence } from "../../../../src/demo/der.ts";
import { clientCertificateWeakKey } from "../../../../src/judge/rules/credential/client-certificate-weak-key.ts";
import { type KeyKind, type KeyPair, publicOnly, sharedKey } from "../../../lab/support/certificate-keys.ts";
import { clientLeaf, commonCases, held, STRANGE, says } from "../../client-certificate-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const withKey = (key: KeyPair) => held([clientLeaf({ key })]);
const of = (kind: KeyKind, ...said: readonly string[]) => says(kind, withKey(sharedKey(kind)), ...said);
const SECP_128_R1 = publicOnly(
  sequence(sequence(objectIdentifier("1.2.840.10045.2.1"), objectIdentifier("1.3.132.0.28")), bitString(Uint8Array.of(4, 1, 1))),
);

describeRule(clientCertificateWeakKey, {
  pass: (["ec", "p384", "ed25519", "rsa", "rsaPss"] as const).map((kind) => of(kind, "strong")),
  fail: [
    of("rsaModulusEven", "small-factor", "critical"),
    of("rsaClosePrimes", "close-primes", "critical"),
    of("rsaRoca", "roca", "critical"),
    of("rsaExponent1", "exponent-one", "critical"),
    says("secp128r1", withKey(SECP_128_R1), "very-short-key", "critical"),
    of("rsaExponentEven", "exponent-even", "high"),
    of("rsa1024", "short-key", "high"),
    of("dsa", "dsa", "low"),
    of("rsaExponent3", "exponent-small", "info"),
  ],
  "not-applicable": commonCases["not-applicable"],
  unobserved: [...commonCases.unobserved, of("ecExplicit", "unobserved", "evidence_ambiguous")],
  hostile: [...commonCases.hostile, says("bytes that nobody can read", STRANGE, "unobserved", "evidence_ambiguous")],
});
