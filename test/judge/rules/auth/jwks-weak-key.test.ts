import { jwksWeakKey } from "../../../../src/judge/rules/auth/jwks-weak-key.ts";
import { publishedKey as key, keySet } from "../../builders.ts";
import { EC, MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksWeakKey, {
  pass: [says("2048 bits", keySet([key()]), "long")],
  fail: [says("2047 bits", keySet([key(), key({ bits: 2047 })]), "short", "high")],
  "not-applicable": [...MOOT, says("an elliptic curve, which is shorter", keySet([EC]), "no-rsa")],
  unobserved: [...UNSEEN],
  hostile: [says("one bit", keySet([key({ bits: 1 })]), "short", "high")],
});
