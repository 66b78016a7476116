import { asAlgSymmetric } from "../../../../src/judge/rules/auth/as-alg-symmetric.ts";
import { serverMetadata, words } from "../../builders.ts";
import { DISOWNED, listing, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asAlgSymmetric, {
  pass: [
    says("ES256", serverMetadata(), "asymmetric"),
    says("both", listing({ id_token_signing_alg_values_supported: words("HS256", "RS256") }), "asymmetric"),
    says(
      "HMAC, and one that nobody knows",
      listing({ id_token_signing_alg_values_supported: { known: ["HS256"], others: 1 } }),
      "asymmetric",
    ),
  ],
  fail: [says("HMAC alone", listing({ id_token_signing_alg_values_supported: words("HS256", "HS512") }), "shared-only", "low")],
  "not-applicable": [...MOOT, says("not said", listing({ id_token_signing_alg_values_supported: undefined }), "no-id-tokens")],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [says("an empty list", listing({ id_token_signing_alg_values_supported: words() }), "asymmetric")],
});
