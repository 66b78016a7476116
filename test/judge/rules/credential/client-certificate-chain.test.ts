import { clientCertificateChain } from "../../../../src/judge/rules/credential/client-certificate-chain.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { certificatePolicies } from "../../../lab/support/certificate-extensions.ts";
import { type AuthorityPresetOptions, intermediate, makeCertificate, rootAuthority } from "../../../lab/support/certificate-factory.ts";
import { sharedKey } from "../../../lab/support/certificate-keys.ts";
import { NOW } from "../../builders.ts";
import { INTERMEDIATE, ROOT } from "../../chain-builders.ts";
import { clientLeaf, commonCases, held, STRANGE, says } from "../../client-certificate-cases.ts";
import { PUBLIC_INTERMEDIATE, publicChain } from "../../public-authority.ts";
import { describeRule } from "../../rule-cases.ts";

const AT = new Date(NOW);
const between = (options: AuthorityPresetOptions = {}) => intermediate(ROOT, { at: AT, subject: "Acme clients", ...options });
const below = (authority: ReturnType<typeof between>) => held([clientLeaf({}, authority), authority]);
const MARKED = clientLeaf({ with: [certificatePolicies(["2.23.140.1.2.2"])] });

describeRule(clientCertificateChain, {
  pass: [
    says("its issuer comes with it, the root stays out", held([clientLeaf(), INTERMEDIATE]), "complete"),
    says("the root as well", held([clientLeaf(), INTERMEDIATE, ROOT]), "complete"),
    says("in another order", held([clientLeaf(), ROOT, INTERMEDIATE]), "complete"),
    says("to a public root", held(publicChain()), "complete"),
    says("nobody vouches for it but itself", held([rootAuthority({ at: AT, subject: "self" })]), "complete"),
  ],
  fail: [
    says("an authority is over", below(between({ notAfter: new Date(NOW - DAY) })), "authority-expired", "high"),
    says(
      "its root is over",
      held([
        clientLeaf({}, INTERMEDIATE),
        INTERMEDIATE,
        rootAuthority({ at: AT, subject: "Acme root", key: ROOT.key, notAfter: new Date(NOW - DAY) }),
      ]),
      "authority-expired",
      "high",
    ),
    says("an authority has not begun", below(between({ notBefore: new Date(NOW + DAY) })), "authority-not-yet-valid", "high"),
    says(
      "an authority of the same name with another key",
      held([clientLeaf({}, INTERMEDIATE), intermediate(ROOT, { at: AT, subject: "Acme intermediate" })]),
      "authority-unfit",
      "low",
    ),
    says("alone, of a public authority", held([MARKED]), "authority-missing", "low"),
    says("alone, of whomever", held([clientLeaf()]), "issuer-missing", "info"),
    says("beside somebody else's authority", held([clientLeaf(), PUBLIC_INTERMEDIATE]), "issuer-missing", "info"),
  ],
  "not-applicable": commonCases["not-applicable"],
  unobserved: [
    ...commonCases.unobserved,
    says(
      "a signature that cannot be checked",
      held([clientLeaf({ outerAlgorithm: Uint8Array.of(0x30, 0x05, 0x06, 0x03, 0x2a, 0x03, 0x04) }), INTERMEDIATE]),
      "unobserved",
      "evidence_ambiguous",
    ),
  ],
  hostile: [
    ...commonCases.hostile,
    says("bytes that nobody can read", STRANGE, "unobserved", "evidence_ambiguous"),
    says("a circle of two", held(circle()), "authority-unfit", "low"),
  ],
});

/** Each says that the other issued it. */
function circle() {
  const key = sharedKey("ec");
  const other = sharedKey("p384");
  const one = makeCertificate({ subject: "one", key, issuerName: "two", signWith: sharedKey("rsa"), notAfter: new Date(NOW + DAY) });
  const two = makeCertificate({ subject: "two", key: other, issuerName: "one", signWith: sharedKey("rsa"), notAfter: new Date(NOW + DAY) });
  return [one, two];
}
