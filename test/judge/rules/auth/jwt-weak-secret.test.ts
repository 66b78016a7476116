import { jwtWeakSecret } from "../../../../src/judge/rules/auth/jwt-weak-secret.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_SIGNATURES, HEADER, says, signedWith, UNSEEN } from "../../token-cases.ts";

describeRule(jwtWeakSecret, {
  pass: [says("another key", token({ header: { ...HEADER, alg: "HS256" }, guessed: false }), "not-guessed")],
  fail: [says("a word", token({ header: { ...HEADER, alg: "HS256" }, guessed: true }), "guessed", "critical")],
  "not-applicable": [...ABOUT_SIGNATURES, says("a signature", token(), "no-secret")],
  unobserved: [...UNSEEN, says("nobody tried", signedWith("HS256"), "unobserved", "not_requested")],
  hostile: [says("an algorithm of their own", token({ header: { ...HEADER, alg: "other" }, guessed: true }), "no-secret")],
});
