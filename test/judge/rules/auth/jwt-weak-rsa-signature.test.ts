import { jwtWeakRsaSignature } from "../../../../src/judge/rules/auth/jwt-weak-rsa-signature.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_SIGNATURES, says, signedWith, UNSEEN } from "../../token-cases.ts";

describeRule(jwtWeakRsaSignature, {
  pass: [says("2048 bits", signedWith("RS256", 256), "long"), says("4096 bits", signedWith("PS512", 512), "long")],
  fail: [says("1024 bits", signedWith("RS256", 128), "short", "high"), says("2040 bits", signedWith("PS256", 255), "short", "high")],
  "not-applicable": [...ABOUT_SIGNATURES, says("an elliptic curve, which is shorter", token(), "no-rsa")],
  unobserved: [...UNSEEN, says("the signature was cut off", signedWith("RS256", 0), "unobserved", "evidence_missing")],
  hostile: [says("one byte", signedWith("RS512", 1), "short", "high")],
});
