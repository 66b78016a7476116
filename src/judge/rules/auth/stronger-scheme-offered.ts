import {
  type AuthAssessment,
  authAssessment,
  confidenceIn,
  isBelowFloorWithStep,
  NOTHING_DECLARED,
  PROVIDER_UNKNOWN,
  scoreWords,
} from "../../facts/auth-assessment.ts";
import { expiringOffer } from "../../facts/auth-expiry.ts";
import { defineRule, type RuleResult } from "../rule.ts";

export const strongerSchemeOffered = defineRule({
  meta: {
    id: "auth/stronger-scheme-offered",
    revision: 2,
    title: "The provider offers nothing stronger than what we use",
    failureTitle: "The provider offers something stronger than what we use",
    rationale:
      "Most integrations keep the kind of key that was there on the first day. Providers have added restricted keys, ends, roles and federation since, and tell nobody who has a key that works.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "medium",
      text: "Change to what the finding names when the credential is rotated next; `apirisk auth explain` shows everything that is known of the provider.",
    },
    severity: "low",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 13.2.1, 13.2.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "RFC 9700 2.5", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.5" },
    ],
    cwe: ["CWE-1390"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.3", "ISO27001 A.5.17", "ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    strongest: { verdict: "pass", message: ({ score }) => `It scores ${score} of 10; nothing stronger is known to be offered.` },
    offered: {
      verdict: "fail",
      message: ({ score, provider, to, gets }) => `It scores ${score} of 10. ${provider} offers ${to}, which would score ${gets}.`,
    },
    "said-by-another": { verdict: "not-applicable", message: () => "Another rule of this family names the step." },
    ...PROVIDER_UNKNOWN,
    ...NOTHING_DECLARED,
  },
  evaluate: ({ integration }) => {
    const assessment = authAssessment(integration);
    return [assessment === undefined ? { outcome: "nothing-declared", subject: "" } : answerFor(assessment)];
  },
});

type Outcome = "strongest" | "offered" | "said-by-another" | "provider-unknown" | "nothing-declared";

function answerFor(assessment: AuthAssessment): RuleResult<Outcome> {
  const { provider, steps, strength, mayHaveBetter } = assessment;
  if (provider === undefined) return { outcome: "provider-unknown", subject: "" };
  if (isBelowFloorWithStep(assessment) || expiringOffer(assessment)?.ours === "lasts") return { outcome: "said-by-another", subject: "" };
  const data = { score: scoreWords(strength), provider: provider.provider };
  const step = steps.find(({ alone }) => !alone);
  if (step !== undefined) {
    return { outcome: "offered", subject: "", data: { ...data, to: step.to, gets: scoreWords(step) }, confidence: confidenceIn(step) };
  }
  if (mayHaveBetter) return { outcome: "unobserved", subject: "", reason: "evidence_missing", data };
  return { outcome: "strongest", subject: "", data };
}
