import { belowFloor } from "../../../../src/judge/rules/auth/below-floor.ts";
import { AWS, CARD, EMAIL, letIn, STATIC, STRIPE, TELEGRAM } from "../../auth-cases.ts";
import { anEndpoint } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const bearer = { scheme: "bearer", attributes: STATIC } as const;
const accessKey = { scheme: "sigv4", attributes: { ...STATIC, scope: "fine" } } as const;

describeRule(belowFloor, {
  pass: [
    { name: "internal data behind a key", integration: letIn(bearer, STRIPE, ["stack_trace"]), expect: [["", "meets-floor"]] },
    { name: "exactly the floor", integration: letIn(accessKey, AWS, EMAIL), expect: [["", "meets-floor"]] },
    {
      name: "a floor that is met whatever is not told",
      integration: letIn({ scheme: "mtls" }, undefined, CARD),
      expect: [["", "meets-floor"]],
    },
  ],
  fail: [
    {
      name: "health data behind a lasting key, where roles are offered",
      integration: letIn(accessKey, AWS, ["health_record"]),
      expect: [["", "floor-within-reach", "high"]],
    },
    {
      name: "a step that does not get there",
      integration: letIn(bearer, STRIPE, CARD),
      expect: [["", "step-up-possible", "medium"]],
    },
    {
      name: "personal data, and a step that gets there",
      integration: letIn({ scheme: "basic", attributes: STATIC }, "acme.zendesk.com", EMAIL),
      expect: [["", "step-up-possible", "medium"]],
    },
    {
      name: "a class that an endpoint declares",
      integration: { ...letIn(accessKey, AWS), endpoints: [anEndpoint({ expect: { classes: ["iban"] } })] },
      expect: [["", "floor-within-reach", "high"]],
    },
    {
      name: "what we can do ourselves, at a provider that nobody knows",
      integration: {
        ...letIn({ scheme: "api-key", in: "header", attributes: STATIC }, undefined, EMAIL),
        baseUrl: "http://api.acme.example",
      },
      expect: [["", "step-up-possible", "medium"]],
    },
  ],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}, STRIPE, CARD), expect: [["", "nothing-declared"]] },
    { name: "no data class", integration: letIn(bearer, STRIPE), expect: [["", "no-floor"]] },
    { name: "a class that anybody may see", integration: letIn(bearer, STRIPE, ["tracking_number"]), expect: [["", "no-floor"]] },
    {
      name: "nothing better exists",
      integration: letIn({ scheme: "api-key", in: "path" }, TELEGRAM, EMAIL),
      expect: [["", "nothing-better"]],
    },
    { name: "a provider that nobody knows", integration: letIn(bearer, undefined, CARD), expect: [["", "nothing-better"]] },
  ],
  unobserved: [
    {
      name: "a range on both sides of the floor",
      integration: letIn({ scheme: "oauth2-client-credentials" }, undefined, EMAIL),
      expect: [["", "unobserved", "evidence_missing"]],
    },
    {
      name: "below the floor for sure, but whether a restricted key is better is not told",
      integration: letIn({ scheme: "bearer" }, STRIPE, CARD),
      expect: [["", "unobserved", "evidence_missing"]],
    },
  ],
  hostile: [
    {
      name: "a host that only looks like the provider's",
      integration: letIn(accessKey, "s3.amazonaws.com.evil.example", ["health_record"]),
      expect: [["", "nothing-better"]],
    },
    {
      name: "words of an older configuration",
      integration: letIn({ scheme: "bearer", attributes: { scope: "<b>", expiry: "never" } }, undefined, EMAIL),
      expect: [["", "unobserved", "evidence_missing"]],
    },
  ],
});
