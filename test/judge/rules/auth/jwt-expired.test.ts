import { jwtExpired } from "../../../../src/judge/rules/auth/jwt-expired.ts";
import { NOW, token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtExpired, {
  pass: [
    says(
      "given for an audit of yesterday",
      { ...token({ fromLogin: true }, { exp: NOW - 3_600_000 }), observedAt: NOW - 86_400_000 } as never,
      "valid",
    ),
    says("half an hour left", token(), "valid"),
    says("ended a minute ago: clocks differ", token({}, { exp: NOW - 60_000 }), "valid"),
  ],
  fail: [
    says("given when it had ended already", token({ fromLogin: true }, { exp: NOW - 60_001 }), "expired", "high"),
    says("ended a minute and a bit ago", token({}, { exp: NOW - 60_001 }), "expired", "high"),
  ],
  "not-applicable": [...ABOUT_CLAIMS, says("no end", token({}, { exp: undefined }), "no-end")],
  unobserved: [...UNSEEN],
  hostile: [
    says("before there were computers", token({}, { exp: -8.64e15 }), "expired", "high"),
    says("at the end of time", token({}, { exp: 8.64e15 }), "valid"),
  ],
});
