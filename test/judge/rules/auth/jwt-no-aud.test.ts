import { jwtNoAud } from "../../../../src/judge/rules/auth/jwt-no-aud.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, NO_AUDIENCE, PROOF, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtNoAud, {
  pass: [says("ours", token(), "named"), says("a GUID", token({}, { audience: { services: 1, any: false, match: "opaque" } }), "named")],
  fail: [says("none", token({}, { audience: NO_AUDIENCE }), "no-audience", "medium")],
  "not-applicable": [...ABOUT_CLAIMS, says("a proof", token(PROOF, { audience: NO_AUDIENCE }), "proof")],
  unobserved: [...UNSEEN],
  hostile: [says("none, and no other claim", token({}, { audience: NO_AUDIENCE, names: [] }), "no-audience", "medium")],
});
