import { jwtKidUnsafe } from "../../../../src/judge/rules/auth/jwt-kid-unsafe.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_HEADERS, HEADER, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtKidUnsafe, {
  pass: [says("a word", token(), "harmless")],
  fail: [says("a path", token({ header: { ...HEADER, kid: "unsafe" } }), "unsafe", "medium")],
  "not-applicable": [...ABOUT_HEADERS, says("none", token({ header: { ...HEADER, kid: "absent" } }), "no-kid")],
  unobserved: [...UNSEEN],
  hostile: [says("a path, unsigned", token({ header: { ...HEADER, alg: "none", kid: "unsafe" } }), "unsafe", "medium")],
});
