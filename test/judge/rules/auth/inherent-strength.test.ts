import { inherentStrength } from "../../../../src/judge/rules/auth/inherent-strength.ts";
import { CARD, EMAIL, letIn, STATIC, STRIPE, TELEGRAM } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const inPath = { scheme: "api-key", in: "path" } as const;
const restricted = { scheme: "bearer", attributes: { ...STATIC, scope: "fine" } } as const;

describeRule(inherentStrength, {
  pass: [
    { name: "the floor is met", integration: letIn({ scheme: "mtls" }, undefined, CARD), expect: [["", "meets-floor"]] },
    { name: "what little is asked for", integration: letIn(restricted, undefined, ["stack_trace"]), expect: [["", "meets-floor"]] },
  ],
  fail: [
    { name: "a provider without anything better", integration: letIn(inPath, TELEGRAM, EMAIL), expect: [["", "nothing-better", "info"]] },
    { name: "the best of several ways", integration: letIn(restricted, STRIPE, CARD), expect: [["", "nothing-better", "info"]] },
    { name: "a provider that nobody knows", integration: letIn(restricted, undefined, CARD), expect: [["", "provider-unknown", "info"]] },
    {
      name: "a range that lies below the floor as a whole",
      integration: letIn({ scheme: "bearer", attributes: { expiry: "no" } }, undefined, EMAIL),
      expect: [["", "provider-unknown", "info"]],
    },
  ],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}, TELEGRAM, EMAIL), expect: [["", "nothing-declared"]] },
    { name: "no data class", integration: letIn(inPath, TELEGRAM), expect: [["", "no-floor"]] },
    {
      name: "something better is offered",
      integration: letIn({ scheme: "bearer", attributes: STATIC }, STRIPE, CARD),
      expect: [["", "something-better"]],
    },
    {
      name: "something offered may be better than what is not told",
      integration: letIn({ scheme: "bearer" }, STRIPE, CARD),
      expect: [["", "something-better"]],
    },
  ],
  unobserved: [
    {
      name: "a range on both sides of the floor",
      integration: letIn({ scheme: "oauth2-client-credentials" }, undefined, EMAIL),
      expect: [["", "unobserved", "evidence_missing"]],
    },
  ],
  hostile: [
    {
      name: "a host that only looks like the provider's",
      integration: letIn(inPath, "api.telegram.org.evil.example", EMAIL),
      expect: [["", "provider-unknown", "info"]],
    },
  ],
});
