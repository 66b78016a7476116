import { jwksWeakExponent } from "../../../../src/judge/rules/auth/jwks-weak-exponent.ts";
import { publishedKey as key, keySet } from "../../builders.ts";
import { EC, MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksWeakExponent, {
  pass: [says("65537", keySet([key()]), "usual"), says("more than 32 bits", keySet([key({ exponent: 0 })]), "usual")],
  fail: [
    says("3, which is legal", keySet([key(), key({ exponent: 3 })]), "small", "low"),
    says("65536", keySet([key({ exponent: 65536 })]), "small", "low"),
  ],
  "not-applicable": [...MOOT, says("an elliptic curve", keySet([EC]), "no-rsa")],
  unobserved: [...UNSEEN],
  hostile: [says("1", keySet([key({ exponent: 1 })]), "small", "low")],
});
