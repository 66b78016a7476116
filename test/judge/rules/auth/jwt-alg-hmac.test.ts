import { jwtAlgHmac } from "../../../../src/judge/rules/auth/jwt-alg-hmac.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_SIGNATURES, says, signedWith, UNSEEN } from "../../token-cases.ts";

describeRule(jwtAlgHmac, {
  pass: [says("ES256", token(), "no-shared-key"), says("none, which another rule is about", signedWith("none"), "no-shared-key")],
  fail: [says("HS256", signedWith("HS256"), "hmac", "low"), says("HS512", signedWith("HS512"), "hmac", "low")],
  "not-applicable": [...ABOUT_SIGNATURES],
  unobserved: [...UNSEEN, says("an algorithm of their own", signedWith("other"), "unobserved", "evidence_ambiguous")],
  hostile: [says("a word that begins like it", signedWith("HSx"), "no-shared-key")],
});
