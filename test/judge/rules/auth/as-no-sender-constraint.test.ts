import { asNoSenderConstraint } from "../../../../src/judge/rules/auth/as-no-sender-constraint.ts";
import { serverMetadata, words } from "../../builders.ts";
import { DISOWNED, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asNoSenderConstraint, {
  pass: [
    says("certificates", serverMetadata(), "offered"),
    says("DPoP", serverMetadata({ flags: [], lists: { dpop_signing_alg_values_supported: words("ES256") } }), "offered"),
  ],
  fail: [
    ...[words("none"), words()].map((dpop) =>
      says(
        `DPoP with ${dpop.known.length} words`,
        serverMetadata({ flags: [], lists: { dpop_signing_alg_values_supported: dpop } }),
        "missing",
        "info",
      ),
    ),
    says("nothing", serverMetadata({ flags: [] }), "missing", "info"),
    {
      ...says("nothing, for data of money", serverMetadata({ flags: [] }), "missing-for-money", "medium"),
      integration: { dataClasses: ["iban"] },
    },
  ],
  "not-applicable": [...MOOT],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [says("other flags", serverMetadata({ flags: ["require_pushed_authorization_requests"] }), "missing", "info")],
});
