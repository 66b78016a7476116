import { jwtAudMismatch } from "../../../../src/judge/rules/auth/jwt-aud-mismatch.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, NO_AUDIENCE, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtAudMismatch, {
  pass: [says("ours", token(), "ours")],
  fail: [says("of somebody else", token({}, { audience: { services: 1, any: false, match: "another" } }), "another", "medium")],
  "not-applicable": [
    ...ABOUT_CLAIMS,
    says("none", token({}, { audience: NO_AUDIENCE }), "no-audience"),
    says("a client id", token({}, { audience: { services: 1, any: false, match: "opaque" } }), "opaque"),
  ],
  unobserved: [
    ...UNSEEN,
    says(
      "nobody said where it goes",
      token({}, { audience: { services: 1, any: false, match: "unknown" } }),
      "unobserved",
      "evidence_missing",
    ),
  ],
  hostile: [says("many of others", token({}, { audience: { services: 50, any: false, match: "another" } }), "another", "medium")],
});
