import { staticNoExpiry } from "../../../../src/judge/rules/auth/static-no-expiry.ts";
import { AWS, letIn, STATIC, STRIPE } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const SLACK = "slack.com";

describeRule(staticNoExpiry, {
  pass: [
    {
      name: "a token of twelve hours",
      integration: letIn({ scheme: "bearer", attributes: { expiry: "12h" } }, SLACK),
      expect: [["", "ends"]],
    },
    { name: "it always ends", integration: letIn({ scheme: "bearer", attributes: { expiry: "yes" } }, SLACK), expect: [["", "ends"]] },
    { name: "an end is set", integration: letIn({ scheme: "bearer", attributes: { expiry: "optional" } }, SLACK), expect: [["", "ends"]] },
    {
      name: "the provider ends it by itself",
      integration: letIn({ scheme: "basic" }, "acme.atlassian.net"),
      expect: [["", "ends"]],
    },
  ],
  fail: [
    {
      name: "a bot's token without rotation",
      integration: letIn({ scheme: "bearer", attributes: { expiry: "no" } }, SLACK),
      expect: [["", "lasts", "medium"]],
    },
    { name: "a lasting access key", integration: letIn({ scheme: "sigv4", attributes: STATIC }, AWS), expect: [["", "lasts", "medium"]] },
  ],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}, SLACK), expect: [["", "nothing-declared"]] },
    {
      name: "a provider that nobody knows",
      integration: letIn({ scheme: "bearer", attributes: STATIC }),
      expect: [["", "provider-unknown"]],
    },
    {
      name: "nothing of theirs ends",
      integration: letIn({ scheme: "bearer", attributes: STATIC }, STRIPE),
      expect: [["", "none-offered"]],
    },
    {
      name: "no lasting secret",
      integration: letIn({ scheme: "oauth2-code", attributes: { expiry: "no" } }, SLACK),
      expect: [["", "none-offered"]],
    },
  ],
  unobserved: [{ name: "nobody told", integration: letIn({ scheme: "bearer" }, SLACK), expect: [["", "unobserved", "evidence_missing"]] }],
  hostile: [
    {
      name: "a lifetime that is none",
      integration: letIn({ scheme: "bearer", attributes: { expiry: "0x12h" } }, SLACK),
      expect: [["", "unobserved", "evidence_missing"]],
    },
  ],
});
