import { jwtAudBroad } from "../../../../src/judge/rules/auth/jwt-aud-broad.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, NO_AUDIENCE, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtAudBroad, {
  pass: [says("one", token(), "one")],
  fail: [
    says("two", token({}, { audience: { services: 2, any: false, match: "ours" } }), "several", "low"),
    says("a star", token({}, { audience: { services: 1, any: true, match: "ours" } }), "anybody", "low"),
  ],
  "not-applicable": [...ABOUT_CLAIMS, says("none", token({}, { audience: NO_AUDIENCE }), "no-audience")],
  unobserved: [...UNSEEN],
  hostile: [says("as many as can be read", token({}, { audience: { services: 50, any: false, match: "unknown" } }), "several", "low")],
});
