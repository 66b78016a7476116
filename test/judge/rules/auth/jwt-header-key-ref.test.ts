import { jwtHeaderKeyRef } from "../../../../src/judge/rules/auth/jwt-header-key-ref.ts";
import { token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_HEADERS, keyed, PROOF, says, UNSEEN } from "../../token-cases.ts";

describeRule(jwtHeaderKeyRef, {
  pass: [says("nothing of that", token(), "none")],
  fail: [
    says("a URL", keyed({ member: "jku", at: "https" }), "named", "medium"),
    says("the key itself", keyed({ member: "jwk", at: "inside" }), "named", "medium"),
    says("a URL without TLS", keyed({ member: "x5u", at: "http" }), "unsafe-place", "high"),
    says("an address", keyed({ member: "jku", at: "address" }), "unsafe-place", "high"),
  ],
  "not-applicable": [
    ...ABOUT_HEADERS,
    says("a proof, which has to bring its key", token({ header: { ...PROOF.header, keys: [{ member: "jwk", at: "inside" }] } }), "proof"),
  ],
  unobserved: [...UNSEEN],
  hostile: [
    says("all of them, and a file", keyed({ member: "jku", at: "elsewhere" }, { member: "jwk", at: "inside" }), "unsafe-place", "high"),
  ],
});
