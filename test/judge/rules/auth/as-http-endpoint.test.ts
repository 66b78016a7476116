import { asHttpEndpoint } from "../../../../src/judge/rules/auth/as-http-endpoint.ts";
import { serverMetadata } from "../../builders.ts";
import { DISOWNED, MOOT, says, UNSEEN } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(asHttpEndpoint, {
  pass: [
    says("https", serverMetadata(), "secure"),
    says("this machine", serverMetadata({ endpoints: [{ name: "token_endpoint", scheme: "loopback", domain: "same" }] }), "secure"),
  ],
  fail: [
    says("an issuer", serverMetadata({ endpoints: [{ name: "issuer", scheme: "http", domain: "same" }] }), "plaintext", "high"),
    says("http", serverMetadata({ endpoints: [{ name: "jwks_uri", scheme: "http", domain: "same" }] }), "plaintext", "high"),
  ],
  "not-applicable": [...MOOT, says("none", serverMetadata({ endpoints: [] }), "no-endpoints")],
  unobserved: [...UNSEEN, DISOWNED],
  hostile: [
    says(
      "thirty",
      serverMetadata({
        endpoints: Array.from({ length: 30 }, () => ({ name: "token_endpoint", scheme: "http" as const, domain: "other" as const })),
      }),
      "plaintext",
      "high",
    ),
  ],
});
