import { jwksCertExpired } from "../../../../src/judge/rules/auth/jwks-cert-expired.ts";
import { publishedKey as key, keySet, NOW } from "../../builders.ts";
import { MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksCertExpired, {
  pass: [says("it ends this instant", keySet([key({ certificateEnds: NOW })]), "valid")],
  fail: [says("it ended just now", keySet([key(), key({ certificateEnds: NOW - 1 })]), "expired", "medium")],
  "not-applicable": [...MOOT, says("none", keySet([key()]), "no-certificate")],
  unobserved: [...UNSEEN],
  hostile: [says("before there were computers", keySet([key({ certificateEnds: -8.64e15 })]), "expired", "medium")],
});
