import { jwtNotYetValid } from "../../../../src/judge/rules/auth/jwt-not-yet-valid.ts";
import { NOW, token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_CLAIMS, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtNotYetValid, {
  pass: [says("begun", token({}, { nbf: NOW }), "begun"), says("in a minute: clocks differ", token({}, { nbf: NOW + 60_000 }), "begun")],
  fail: [says("in more than a minute", token({}, { nbf: NOW + 60_001 }), "early", "medium")],
  "not-applicable": [...ABOUT_CLAIMS, says("none", token(), "no-start")],
  unobserved: [...UNSEEN],
  hostile: [says("at the end of time", token({}, { nbf: 8.64e15 }), "early", "medium")],
});
