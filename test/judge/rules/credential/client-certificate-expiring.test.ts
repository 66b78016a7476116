import { clientCertificateExpiring } from "../../../../src/judge/rules/credential/client-certificate-expiring.ts";
import { DAY, HOUR, SECOND } from "../../../../src/model/instant.ts";
import { aCertificate, clientCertificate, NOW } from "../../builders.ts";
import { commonCases, STRANGE, says } from "../../client-certificate-cases.ts";
import { describeRule } from "../../rule-cases.ts";

/** Of that lifetime, with so much of it left. */
const leaving = (left: number, lifetime: number) =>
  clientCertificate({ chain: [aCertificate({ notBefore: NOW + left - lifetime, notAfter: NOW + left })] });

describeRule(clientCertificateExpiring, {
  pass: [
    says("half of a year left", leaving(180 * DAY, 365 * DAY), "fresh"),
    says("20 % of a year left", leaving(73 * DAY, 365 * DAY), "fresh"),
    says("30 days left of 150", leaving(30 * DAY, 150 * DAY), "fresh"),
    says("90 days are renewed by a program: 18 days left", leaving(18 * DAY, 90 * DAY), "fresh"),
    says("an hour of a workload's certificate, at half of it", leaving(HOUR / 2, HOUR), "fresh"),
    says("six days, two of them left", leaving(2 * DAY, 6 * DAY), "fresh"),
  ],
  fail: [
    says("just below 20 % of a year", leaving(73 * DAY - SECOND, 365 * DAY), "ends-soon", "medium"),
    says("just below 30 days of 140", leaving(30 * DAY - SECOND, 140 * DAY), "ends-soon", "medium"),
    says("just below 20 % of 90 days", leaving(18 * DAY - SECOND, 90 * DAY), "ends-soon", "medium"),
    says("14 days left of 100", leaving(14 * DAY, 100 * DAY), "ends-soon", "medium"),
    says("just below 14 days of 100", leaving(14 * DAY - SECOND, 100 * DAY), "ends-very-soon", "high"),
    says("just below 14 days of 43, which people may renew", leaving(14 * DAY - SECOND, 43 * DAY), "ends-very-soon", "high"),
    says("just below 10 % of two years", leaving(73 * DAY - SECOND, 730 * DAY), "ends-very-soon", "high"),
    says("five minutes of an hour", leaving(HOUR / 12, HOUR), "ends-very-soon", "high"),
  ],
  "not-applicable": [
    ...commonCases["not-applicable"],
    says("over", leaving(-SECOND, 90 * DAY), "outside-validity"),
    says("not begun", leaving(91 * DAY, 90 * DAY), "outside-validity"),
  ],
  unobserved: commonCases.unobserved,
  hostile: [
    ...commonCases.hostile,
    says("bytes that nobody can read, with dates", STRANGE, "fresh"),
    says("it ends when it begins", leaving(DAY, 0), "unobserved", "evidence_ambiguous"),
  ],
});
