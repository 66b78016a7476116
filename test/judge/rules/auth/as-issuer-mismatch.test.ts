import { asIssuerMismatch } from "../../../../src/judge/rules/auth/as-issuer-mismatch.ts";
import { serverMetadata } from "../../builders.ts";
import { MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asIssuerMismatch, {
  pass: [
    says("the same", serverMetadata(), "same"),
    says("a place for the tenant", serverMetadata({ identifier: "template" }), "template"),
  ],
  fail: [
    says("another", serverMetadata({ identifier: "other" }), "other", "high"),
    says("none", serverMetadata({ identifier: "absent" }), "unnamed", "medium"),
  ],
  "not-applicable": [...MOOT, says("nobody named one", serverMetadata({ identifier: "guessed" }), "guessed")],
  unobserved: [
    ...UNSEEN,
    says("nobody said where it is from", serverMetadata({ identifier: "unknown" }), "unobserved", "evidence_missing"),
  ],
  hostile: [says("another, and nothing else", serverMetadata({ identifier: "other", endpoints: [], flags: [] }), "other", "high")],
});
