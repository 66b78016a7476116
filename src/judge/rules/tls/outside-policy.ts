import type { PolicyPack, PolicyRequirement } from "../../../catalog/policies.ts";
import { isInForce, type PolicyEvidence, requirementResults, requirementWord } from "../../facts/policy.ts";
import { goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule, type RuleContext, type RuleResult } from "../rule.ts";

export const outsidePolicy = defineRule({
  meta: {
    id: "tls/outside-policy",
    revision: 1,
    title: "The provider keeps to the policy that we chose",
    failureTitle: "The provider does not keep to the policy that we chose",
    rationale:
      "A policy pack holds what a guideline demands of a TLS server, as far as it can be seen from outside, each demand with its source and the days on which it holds. You chose it, because a contract, an auditor or your own rules ask for it: that makes it matter here, whether or not your own connection suffers.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask the provider for a date by which it keeps to the policy, with the demand and its source from this finding; until then record the exception with a waiver, or take the pack out if the policy does not bind this integration.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "PCI DSS 4.0.1 12.3.3", url: "https://www.pcisecuritystandards.org/document_library/?document=pci_dss" },
      { id: "RFC 9325", url: "https://www.rfc-editor.org/rfc/rfc9325" },
    ],
    cwe: ["CWE-326", "CWE-327"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "PCI-DSS 12.3.3", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls", "tls-session"],
  since: { tls: 2 },
  outcomes: {
    complies: { verdict: "pass", message: ({ demand }) => `So it is: ${demand}.` },
    "violates-requirement": {
      verdict: "fail",
      message: ({ policy, demand, citation, seen }) => `${policy} demands what is not so: "${demand}" (${citation}). Seen: ${seen}.`,
    },
    "misses-recommendation": {
      verdict: "fail",
      severity: "low",
      message: ({ policy, demand, citation, seen }) => `${policy} recommends what is not so: "${demand}" (${citation}). Seen: ${seen}.`,
    },
    "no-policy": { verdict: "not-applicable", message: () => "No policy pack is chosen." },
    "not-asked": { verdict: "not-applicable", message: () => "No pack that is chosen demands this on this day." },
    ...WITHOUT_TLS,
  },
  applies: (input, { packs }) => withoutTls(input) ?? (packs.length === 0 ? "no-policy" : undefined),
  evaluate: (input, context) => inForce(context).flatMap(([pack, requirement]) => judged(pack, requirement, input)),
  absent: (subject, input, context) => {
    const [word] = subject.split("@");
    const isAsked = inForce(context).some(([pack, requirement]) => requirementWord(pack, requirement) === word);
    return isAsked ? goneOrigin(subject, input) : { outcome: "not-asked", subject };
  },
});

type Outcome = "complies" | "violates-requirement" | "misses-recommendation";

function inForce({ packs, asOf }: RuleContext): readonly (readonly [PolicyPack, PolicyRequirement])[] {
  return packs.flatMap((pack) => pack.requirements.filter((one) => isInForce(one, asOf)).map((one) => [pack, one] as const));
}

function judged(pack: PolicyPack, requirement: PolicyRequirement, evidence: PolicyEvidence): readonly RuleResult<Outcome>[] {
  const { title: demand, citation, level } = requirement;
  const failing = level === "must" ? "violates-requirement" : "misses-recommendation";
  return requirementResults(pack, requirement, evidence).map(({ outcome, data, ...result }) => ({
    ...result,
    outcome: outcome === "violated" ? failing : outcome,
    data: { policy: pack.title, demand, citation: citation.id, ...data },
  }));
}
