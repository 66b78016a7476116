import { authAssessment, confidenceIn, NOTHING_DECLARED, PROVIDER_UNKNOWN } from "../../facts/auth-assessment.ts";
import { expiringOffer } from "../../facts/auth-expiry.ts";
import { defineRule } from "../rule.ts";

export const staticNoExpiry = defineRule({
  meta: {
    id: "auth/static-no-expiry",
    revision: 2,
    title: "Where the provider offers credentials that end, ours is one",
    failureTitle: "Our secret never ends, and the provider offers one that does",
    rationale:
      "A copy of a secret that never ends is worth as much in three years as today, in a backup, a laptop or a log. One that ends by itself is the only rotation that nobody can forget.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "medium",
      text: "Issue what the finding names, change over, and revoke the old secret. Put the day on which the new one ends into the calendar of its owner, or have it renewed by a program.",
    },
    severity: "medium",
    likelihood: 3,
    citations: [
      { id: "ASVS 5.0 13.2.1, 13.3.4", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "OWASP API2:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/" },
    ],
    cwe: ["CWE-324"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.3", "ISO27001 A.5.17", "NIST-CSF PR.AA-01"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    ends: { verdict: "pass", message: () => "Our credential ends by itself, or where somebody set an end." },
    lasts: {
      verdict: "fail",
      message: ({ provider, to }) => `Our secret never ends. ${provider} offers ${to}.`,
    },
    "none-offered": {
      verdict: "not-applicable",
      message: () => "We use no lasting secret, or the provider is not known to offer one that ends.",
    },
    ...PROVIDER_UNKNOWN,
    ...NOTHING_DECLARED,
  },
  evaluate: ({ integration }) => {
    const assessment = authAssessment(integration);
    if (assessment === undefined) return [{ outcome: "nothing-declared", subject: "" }];
    if (assessment.provider === undefined) return [{ outcome: "provider-unknown", subject: "" }];
    const offer = expiringOffer(assessment);
    if (offer === undefined) return [{ outcome: "none-offered", subject: "" }];
    if (offer.ours === "ends") return [{ outcome: "ends", subject: "" }];
    if (offer.ours === "unknown") return [{ outcome: "unobserved", subject: "", reason: "evidence_missing" }];
    const data = { provider: assessment.provider.provider, to: offer.step.to };
    return [{ outcome: "lasts", subject: "", data, confidence: confidenceIn(offer.step) }];
  },
});
