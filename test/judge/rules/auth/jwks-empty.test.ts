import { jwksEmpty } from "../../../../src/judge/rules/auth/jwks-empty.ts";
import { publishedKey as key, keySet } from "../../builders.ts";
import { MOOT, says, UNSEEN } from "../../key-set-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(jwksEmpty, {
  pass: [says("one", keySet([key()]), "has-keys")],
  fail: [says("none", keySet([]), "empty", "info")],
  "not-applicable": [...MOOT],
  unobserved: [...UNSEEN],
  hostile: [says("things that are no keys", keySet([], { unread: 7 }), "has-keys")],
});
