import { jwksNoKid } from "../../../../src/judge/rules/auth/jwks-no-kid.ts";
import { publishedKey as key, keySet } from "../../builders.ts";
import { MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksNoKid, {
  pass: [says("two names", keySet([key(), key()]), "named")],
  fail: [says("one of two", keySet([key(), key({ kid: "absent" })]), "unnamed", "low")],
  "not-applicable": [...MOOT, says("one key without a name", keySet([key({ kid: "absent" })]), "single")],
  unobserved: [...UNSEEN],
  hostile: [says("a hundred", keySet(Array.from({ length: 100 }, () => key({ kid: "absent" }))), "unnamed", "low")],
});
