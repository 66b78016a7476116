import { tokenOpaqueLowEntropy } from "../../../../src/judge/rules/auth/token-opaque-low-entropy.ts";
import { opaqueToken, token } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { ABOUT_TOKENS, says, UNSEEN } from "../../token-cases.ts";

describeRule(tokenOpaqueLowEntropy, {
  pass: [
    says("43 characters", opaqueToken(), "not-below"),
    says("32 hex digits", opaqueToken({ length: 32, atMostBits: 128 }), "not-below"),
  ],
  fail: [
    says("30 hex digits", opaqueToken({ length: 30, atMostBits: 120 }), "below", "medium"),
    says("a UUID", opaqueToken({ length: 36, atMostBits: 122, shape: "uuid" }), "uuid", "low"),
    says("a UUID of the time", opaqueToken({ length: 36, atMostBits: 62, shape: "time-uuid" }), "time-uuid", "medium"),
    says("ab, again and again", opaqueToken({ atMostBits: 9, shape: "repeated" }), "repeated", "medium"),
  ],
  "not-applicable": [
    ...ABOUT_TOKENS,
    says("a JWT", token(), "structured"),
    says("a publishable key", opaqueToken({ atMostBits: 60, provider: "stripe", class: "publishable" }), "no-secret"),
    says("the name of a key", opaqueToken({ atMostBits: 80, provider: "aws", class: "identifier" }), "no-secret"),
  ],
  unobserved: [...UNSEEN],
  hostile: [says("nothing", opaqueToken({ length: 0, atMostBits: 0 }), "below", "medium")],
});
