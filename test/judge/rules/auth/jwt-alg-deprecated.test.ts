import { jwtAlgDeprecated } from "../../../../src/judge/rules/auth/jwt-alg-deprecated.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_HEADERS, encryptedWith, says, signedWith, UNSEEN } from "../../token-cases.ts";

describeRule(jwtAlgDeprecated, {
  pass: [
    says("RS256, which some call old", signedWith("RS256"), "current"),
    says("EdDSA, deprecated in name only", signedWith("EdDSA"), "current"),
    says("a word of their own", signedWith("other"), "current"),
  ],
  fail: [
    says("RS1", signedWith("RS1"), "sha1", "high"),
    says("HS1", signedWith("HS1"), "sha1", "high"),
    says("RSA1_5", encryptedWith("RSA1_5"), "pkcs1-encryption", "medium"),
  ],
  "not-applicable": [...ABOUT_HEADERS],
  unobserved: [...UNSEEN],
  hostile: [says("no word at all", signedWith(""), "current")],
});
