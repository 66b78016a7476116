import { rsResourceMismatch } from "../../../../src/judge/rules/auth/rs-resource-mismatch.ts";
import { serverMetadata } from "../../builders.ts";
import { MOOT_RESOURCE, resource, saysOfResource, UNSEEN_RESOURCE } from "../../metadata-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(rsResourceMismatch, {
  pass: [
    saysOfResource("the API", resource(undefined), "same"),
    saysOfResource("a place for the tenant", resource(undefined, "template"), "template"),
  ],
  fail: [
    saysOfResource(
      "a server without TLS",
      serverMetadata({
        document: "protected-resource",
        endpoints: [{ name: "authorization_servers", scheme: "http", domain: "same" }],
      }),
      "plaintext",
      "high",
    ),
    saysOfResource("another", resource(undefined, "other"), "other", "high"),
    saysOfResource("none", resource(undefined, "absent"), "unnamed", "high"),
  ],
  "not-applicable": [...MOOT_RESOURCE],
  unobserved: [
    ...UNSEEN_RESOURCE,
    saysOfResource("nobody said where it is from", resource(undefined, "unknown"), "unobserved", "evidence_missing"),
  ],
  hostile: [saysOfResource("another, with words that nobody knows", resource({ known: [], others: 99 }, "other"), "other", "high")],
});
