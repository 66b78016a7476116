import { asClientAuthSymmetricOnly } from "../../../../src/judge/rules/auth/as-client-auth-symmetric-only.ts";
import { serverMetadata, words } from "../../builders.ts";
import { DISOWNED, listing, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asClientAuthSymmetricOnly, {
  pass: [
    says("keys", serverMetadata(), "keys"),
    says(
      "a method that nobody knows",
      listing({ token_endpoint_auth_methods_supported: { known: ["client_secret_post"], others: 1 } }),
      "keys",
    ),
  ],
  fail: [
    says(
      "two ways to send a secret, and none",
      listing({ token_endpoint_auth_methods_supported: words("client_secret_basic", "client_secret_post", "none") }),
      "secrets-only",
      "low",
    ),
    says("not said", listing({ token_endpoint_auth_methods_supported: undefined }), "by-default", "low"),
  ],
  "not-applicable": [
    ...MOOT,
    says("no token endpoint", serverMetadata({ endpoints: [] }), "no-token-endpoint"),
    says("none alone", listing({ token_endpoint_auth_methods_supported: words("none") }), "unauthenticated"),
  ],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [
    says(
      "an HMAC, which is a secret as well",
      listing({ token_endpoint_auth_methods_supported: words("client_secret_jwt") }),
      "secrets-only",
      "low",
    ),
  ],
});
