import { jwtAlgNone } from "../../../../src/judge/rules/auth/jwt-alg-none.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_SIGNATURES, HEADER, says, signedWith, UNSEEN } from "../../token-cases.ts";

describeRule(jwtAlgNone, {
  pass: [says("ES256", token(), "signed"), says("a word of their own", signedWith("other"), "signed")],
  fail: [
    says("none", signedWith("none"), "unsigned", "critical"),
    says("its signature cut off", signedWith("ES256", 0), "stripped", "medium"),
  ],
  "not-applicable": [...ABOUT_SIGNATURES],
  unobserved: [...UNSEEN],
  hostile: [says("none, with a signature", token({ header: { ...HEADER, alg: "none" }, signatureBytes: 64 }), "unsigned", "critical")],
});
