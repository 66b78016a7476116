import { jwksSymmetricKeyPublished } from "../../../../src/judge/rules/auth/jwks-symmetric-key-published.ts";
import { publishedKey as key, keySet } from "../../builders.ts";
import { MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksSymmetricKeyPublished, {
  pass: [says("RSA", keySet([key()]), "none")],
  fail: [says("one of two", keySet([key(), key({ kty: "oct", privateMembers: ["k"] })]), "shared", "critical")],
  "not-applicable": [...MOOT],
  unobserved: [...UNSEEN],
  hostile: [says("a hundred", keySet(Array.from({ length: 100 }, () => key({ kty: "oct" }))), "shared", "critical")],
});
