import { jwksDuplicateKid } from "../../../../src/judge/rules/auth/jwks-duplicate-kid.ts";
import { publishedKey as key, keySet } from "../../builders.ts";
import { MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksDuplicateKid, {
  pass: [
    says("two names", keySet([key(), key()]), "distinct"),
    says("no names, which another rule is about", keySet([key({ kid: "absent" }), key({ kid: "absent" })]), "distinct"),
  ],
  fail: [says("one name", keySet([key({ kid: "duplicate" }), key({ kid: "duplicate" })]), "duplicate", "low")],
  "not-applicable": [...MOOT, says("one key", keySet([key()]), "single")],
  unobserved: [...UNSEEN],
  hostile: [says("a hundred of one name", keySet(Array.from({ length: 100 }, () => key({ kid: "duplicate" }))), "duplicate", "low")],
});
