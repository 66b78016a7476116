import { jwtMalformedClaim } from "../../../../src/judge/rules/auth/jwt-malformed-claim.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtMalformedClaim, {
  pass: [says("as it should be", token(), "well-formed")],
  fail: [says("a time in text", token({}, { malformed: ["exp"] }), "malformed", "low")],
  "not-applicable": [...ABOUT_CLAIMS],
  unobserved: [...UNSEEN],
  hostile: [says("all of them", token({}, { malformed: ["exp", "iat", "nbf", "scope"] }), "malformed", "low")],
});
