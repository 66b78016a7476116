import { notSenderConstrained } from "../../../../src/judge/rules/auth/not-sender-constrained.ts";
import { CARD, EMAIL, letIn, OKTA, STRIPE } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const bearer = (attributes: Readonly<Record<string, string>> = {}) => ({ scheme: "bearer", attributes }) as const;

describeRule(notSenderConstrained, {
  pass: [
    { name: "a certificate", integration: letIn({ scheme: "mtls" }, undefined, CARD), expect: [["", "bound"]] },
    { name: "a bound token", integration: letIn({ scheme: "dpop" }, undefined, CARD), expect: [["", "bound"]] },
    { name: "a signature", integration: letIn({ scheme: "hmac" }, undefined, ["health_record"]), expect: [["", "bound"]] },
    { name: "a token of an hour", integration: letIn(bearer({ expiry: "1h" }), undefined, CARD), expect: [["", "contained"]] },
    { name: "our addresses alone", integration: letIn(bearer({ storage: "ip-restricted" }), undefined, CARD), expect: [["", "contained"]] },
  ],
  fail: [
    {
      name: "a token that does not end",
      integration: letIn(bearer({ expiry: "no" }), undefined, CARD),
      expect: [["", "long-lived", "low"]],
    },
    {
      name: "a minute more than an hour",
      integration: letIn(bearer({ expiry: "61m" }), undefined, CARD),
      expect: [["", "long-lived", "low"]],
    },
    { name: "a provider that offers DPoP", integration: letIn(bearer(), OKTA, ["iban"]), expect: [["", "bound-offered", "low"]] },
    {
      name: "a signed URL",
      integration: letIn({ scheme: "sigv4", in: "query", attributes: { expiry: "2h" } }, undefined, CARD),
      expect: [["", "long-lived", "low"]],
    },
  ],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}, undefined, CARD), expect: [["", "nothing-declared"]] },
    { name: "other data", integration: letIn(bearer({ expiry: "no" }), undefined, EMAIL), expect: [["", "other-data"]] },
    { name: "no data class", integration: letIn(bearer({ expiry: "no" })), expect: [["", "other-data"]] },
    {
      name: "a provider that offers nothing like it",
      integration: letIn(bearer({ expiry: "no" }), STRIPE, CARD),
      expect: [["", "none-offered"]],
    },
  ],
  unobserved: [
    {
      name: "how long it lives is not told",
      integration: letIn(bearer(), undefined, CARD),
      expect: [["", "unobserved", "evidence_missing"]],
    },
    {
      name: "it ends, nobody tells when",
      integration: letIn(bearer({ expiry: "yes" }), undefined, CARD),
      expect: [["", "unobserved", "evidence_missing"]],
    },
  ],
  hostile: [
    {
      name: "a lifetime that is none",
      integration: letIn(bearer({ expiry: "1e9h" }), undefined, CARD),
      expect: [["", "unobserved", "evidence_missing"]],
    },
  ],
});
