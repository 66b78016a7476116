import { jwksAlgMismatch } from "../../../../src/judge/rules/auth/jwks-alg-mismatch.ts";
import { publishedKey as key, keySet } from "../../builders.ts";
import { MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksAlgMismatch, {
  pass: [says("as it should be", keySet([key()]), "fitting")],
  fail: [says("an elliptic algorithm for RSA", keySet([key(), key({ alg: "ES256", misfit: true })]), "misfit", "medium")],
  "not-applicable": [...MOOT, says("no algorithm, no use", keySet([key({ alg: undefined, use: "absent" })]), "no-algorithm")],
  unobserved: [...UNSEEN],
  hostile: [says("a hundred", keySet(Array.from({ length: 100 }, () => key({ alg: "none", misfit: true }))), "misfit", "medium")],
});
