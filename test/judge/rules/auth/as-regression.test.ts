import { asRegression } from "../../../../src/judge/rules/auth/as-regression.ts";
import { serverMetadata, words } from "../../builders.ts";
import { BEFORE, DISOWNED, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asRegression, {
  pass: [
    says("as before", serverMetadata({ before: BEFORE }), "no-weaker"),
    says("better than before", serverMetadata({ before: { ...BEFORE, flags: [] } }), "no-weaker"),
  ],
  fail: [
    says(
      "an endpoint without TLS",
      serverMetadata({ before: BEFORE, endpoints: [{ name: "token_endpoint", scheme: "http", domain: "same" }] }),
      "weaker-high",
      "high",
    ),
    says("passwords", serverMetadata({ before: BEFORE, lists: { grant_types_supported: words("password") } }), "weaker-medium", "medium"),
    says("tokens for anybody", serverMetadata({ before: BEFORE, flags: [] }), "weaker-low", "low"),
  ],
  "not-applicable": [...MOOT],
  unobserved: [...UNSEEN, DISOWNED, says("nothing before", serverMetadata(), "unobserved", "not_requested")],
  hostile: [
    says(
      "everything at once",
      serverMetadata({
        before: BEFORE,
        flags: [],
        endpoints: [{ name: "token_endpoint", scheme: "http", domain: "other" }],
        lists: {
          response_types_supported: words("token"),
          id_token_signing_alg_values_supported: words("none"),
          token_endpoint_auth_methods_supported: words("none"),
        },
      }),
      "weaker-high",
      "high",
    ),
  ],
});
