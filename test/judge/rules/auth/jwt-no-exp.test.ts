import { jwtNoExp } from "../../../../src/judge/rules/auth/jwt-no-exp.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, PROOF, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtNoExp, {
  pass: [says("an end", token(), "ends"), says("an end that is past", token({}, { exp: 0 }), "ends")],
  fail: [says("no end", token({}, { exp: undefined }), "no-end", "high")],
  "not-applicable": [...ABOUT_CLAIMS, says("a proof, which has none", token(PROOF, { exp: undefined }), "proof")],
  unobserved: [
    ...UNSEEN,
    says("an end that is no number", token({}, { exp: undefined, malformed: ["exp"] }), "unobserved", "evidence_ambiguous"),
  ],
  hostile: [says("no claim at all", token({}, { exp: undefined, iat: undefined, names: [], scopes: [] }), "no-end", "high")],
});
