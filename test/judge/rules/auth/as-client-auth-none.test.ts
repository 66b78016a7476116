import { asClientAuthNone } from "../../../../src/judge/rules/auth/as-client-auth-none.ts";
import { serverMetadata, words } from "../../builders.ts";
import { DISOWNED, listing, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asClientAuthNone, {
  pass: [
    says("keys", serverMetadata(), "authenticates"),
    says("not said: Basic", listing({ token_endpoint_auth_methods_supported: undefined }), "authenticates"),
    says("none beside a secret", listing({ token_endpoint_auth_methods_supported: words("client_secret_post", "none") }), "authenticates"),
  ],
  fail: [says("none alone", listing({ token_endpoint_auth_methods_supported: words("none") }), "none", "medium")],
  "not-applicable": [...MOOT, says("implicit alone", serverMetadata({ endpoints: [] }), "no-token-endpoint")],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [
    says("an empty list, which says nothing", listing({ token_endpoint_auth_methods_supported: words() }), "authenticates"),
    says("words that nobody knows", listing({ token_endpoint_auth_methods_supported: { known: [], others: 9 } }), "authenticates"),
  ],
});
