import { asAlgNone } from "../../../../src/judge/rules/auth/as-alg-none.ts";
import { serverMetadata, words } from "../../builders.ts";
import { DISOWNED, listing, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asAlgNone, {
  pass: [
    says("ES256", serverMetadata(), "signed"),
    says("none among the response types, which is no algorithm", listing({ response_types_supported: words("code", "none") }), "signed"),
  ],
  fail: [
    ...(["dpop_signing_alg_values_supported", "token_endpoint_auth_signing_alg_values_supported"] as const).map((name) =>
      says(`none in ${name}`, listing({ [name]: words("none") }), "none-of-clients", "high"),
    ),
    says("none beside RS256", listing({ id_token_signing_alg_values_supported: words("RS256", "none") }), "none", "high"),
  ],
  "not-applicable": [...MOOT, says("not said", listing({ id_token_signing_alg_values_supported: undefined }), "no-id-tokens")],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [
    says(
      "none alone, among words that nobody knows",
      listing({ id_token_signing_alg_values_supported: { known: ["none"], others: 99 } }),
      "none",
      "high",
    ),
  ],
});
