import { clientCertificateExpired } from "../../../../src/judge/rules/credential/client-certificate-expired.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../../src/model/instant.ts";
import { aCertificate, clientCertificate, NOW } from "../../builders.ts";
import { clientLeaf, commonCases, held, STRANGE, says } from "../../client-certificate-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const lasting = (notBefore: number, notAfter: number) => clientCertificate({ chain: [aCertificate({ notBefore, notAfter })] });

describeRule(clientCertificateExpired, {
  pass: [
    says("inside", held([clientLeaf()]), "valid"),
    says("in its last second", lasting(NOW - DAY, NOW), "valid"),
    says("issued a moment ago, by a clock that is ahead of ours", lasting(NOW + 5 * MINUTE, NOW + DAY), "valid"),
  ],
  fail: [
    says("a second after its end", lasting(NOW - DAY, NOW - SECOND), "expired", "critical"),
    says("long after its end", lasting(0, DAY), "expired", "critical"),
    says("before its beginning", lasting(NOW + HOUR, NOW + DAY), "not-yet-valid", "critical"),
  ],
  "not-applicable": commonCases["not-applicable"],
  unobserved: commonCases.unobserved,
  hostile: [
    ...commonCases.hostile,
    says("bytes that nobody can read, with dates", STRANGE, "valid"),
    says("it ends before it begins", lasting(NOW + DAY, NOW - DAY), "expired", "critical"),
  ],
});
