import type { Severity } from "../../../model/severity.ts";
import { severityRank } from "../../../model/severity.ts";
import { excessScopes, grantedScopes, scopeSeverity } from "../../facts/scopes.ts";
import { defineRule } from "../rule.ts";

export const overScoped = defineRule({
  meta: {
    id: "credential/over-scoped",
    revision: 2,
    title: "The credential may do what is needed, and no more",
    failureTitle: "The credential may do more than is needed",
    rationale:
      "Whoever gets hold of the credential can do all that it may do. In 2025 the tokens of one integration, with broad scopes, opened the data of over 700 companies.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "medium",
      text: "Ask for the needed scopes alone when you log in (auth.token.scopes), or make a new key with those alone and retire this one. Where the provider cannot take a scope away, use a second key for what needs it.",
    },
    severity: "high",
    likelihood: 2,
    citations: [{ id: "RFC 9700 2.3", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.3" }],
    cwe: ["CWE-250", "CWE-272"],
    owasp: ["API5:2023"],
    controls: ["PCI-DSS 7.2.5", "ISO27001 A.8.2", "NIST-CSF PR.AA-05"],
    confirm: 1,
    aliases: ["cred/over-scoped"],
  },
  needs: [],
  sees: ["token-response", "http-response"],
  outcomes: {
    "as-needed": { verdict: "pass", message: () => "Nothing is granted beyond auth.neededScopes." },
    "reads-more": { verdict: "fail", severity: "low", message: beyond },
    "writes-more": { verdict: "fail", severity: "medium", message: beyond },
    "rules-more": { verdict: "fail", severity: "high", message: beyond },
    "needs-unknown": { verdict: "not-applicable", message: () => "auth.neededScopes is not declared." },
    "not-told": { verdict: "not-applicable", message: () => "No answer that we get says what the credential may do." },
  },
  applies: ({ integration: { auth } }) => (auth.neededScopes.length === 0 ? "needs-unknown" : undefined),
  evaluate: ({ integration, observations }) => {
    const subject = "scopes";
    const granted = grantedScopes(observations);
    if (granted === undefined) {
      const answers = observations["http-response"];
      if (answers.some(({ outcome }) => outcome === "observed")) return [{ outcome: "not-told", subject }];
      return [{ outcome: "unobserved", subject, reason: answers.length === 0 ? "not_requested" : "evidence_missing" }];
    }
    const { observation, pointer, scopes } = granted;
    const evidence = [{ observation, pointer, summary: `${scopes.length} scopes` }];
    const excess = excessScopes(scopes, integration.auth.neededScopes);
    const [worst] = excess.map(scopeSeverity).sort((a, b) => severityRank(b) - severityRank(a));
    if (worst === undefined) return [{ outcome: "as-needed", subject, evidence }];
    return [
      { outcome: OUTCOMES[worst] ?? "writes-more", subject, data: { excess: excess.slice(0, MOST_NAMED), count: excess.length }, evidence },
    ];
  },
});

function beyond({ excess, count }: Readonly<Record<string, unknown>>): string {
  const named = excess as readonly string[];
  const more = Number(count) - named.length;
  return `Not needed, by auth.neededScopes: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}

const OUTCOMES: Readonly<Partial<Record<Severity, "reads-more" | "writes-more" | "rules-more">>> = {
  low: "reads-more",
  medium: "writes-more",
  high: "rules-more",
};
const MOST_NAMED = 8;
