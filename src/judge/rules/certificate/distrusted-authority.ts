import type { CaDistrust } from "../../../catalog/ca-distrust.ts";
import type { Instant } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CERTIFICATES, eachChain, goneChain, type HostChain, verdictOn } from "../../facts/chains.ts";
import { distrusted, isTrustedWithout } from "../../facts/distrust.ts";
import { authorityOf } from "../../facts/issuance.ts";
import { loggedAt } from "../../facts/timestamps.ts";
import { withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const distrustedAuthority = defineRule({
  meta: {
    id: "certificate/distrusted-authority",
    revision: 1,
    title: "No root programme holds anything against the authority",
    failureTitle: "Root programmes do not trust the authority any more",
    rationale:
      "Browsers, operating systems and runtimes drop an authority at different times, and often for new certificates alone: what one of our clients takes today, the next one, or the next update, refuses.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask the provider when they move to another authority, and look up which trust store each of your clients uses before you update it.",
    },
    severity: "critical",
    likelihood: 3,
    citations: [
      { id: "Chrome Root Program", url: "https://googlechrome.github.io/chromerootprogram/" },
      { id: "Mozilla CA Program", url: "https://wiki.mozilla.org/CA" },
    ],
    cwe: ["CWE-295"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF ID.SC-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  sees: ["tls"],
  outcomes: {
    trusted: { verdict: "pass", message: () => "No root programme that we know of holds anything against the authority." },
    compromised: { verdict: "fail", message: ({ who }) => `Keys of the authority were compromised: ${who}.` },
    distrusted: { verdict: "fail", severity: "high", message: ({ who }) => `The authority is not trusted for this certificate: ${who}.` },
    "other-distrusted": {
      verdict: "fail",
      severity: "medium",
      message: ({ who }) => `Our connection got another certificate; the authority of this one is not trusted for it: ${who}.`,
    },
    "closed-root": {
      verdict: "fail",
      severity: "info",
      message: ({ who }) => `The root that it leads to is closed for certificates as new as this one: ${who}.`,
    },
    "private-authority": { verdict: "not-applicable", message: () => "The authority is one of your own." },
    ...ABOUT_CERTIFICATES,
  },
  applies: withoutTls,
  evaluate: (input, { asOf }) => eachChain("leaf", input, (chain) => answerFor(chain, asOf)),
  absent: goneChain,
});

type Outcome = "trusted" | "compromised" | "distrusted" | "other-distrusted" | "closed-root" | "private-authority";

function answerFor(chain: HostChain, asOf: Instant): Answer<Outcome> {
  const authority = authorityOf(chain, asOf);
  if (authority === "private") return { outcome: "private-authority", pointer: "/chain", summary: "no public authority" };
  const found = distrusted({ path: verdictOn(chain, asOf).path, loggedAt: loggedAt(chain), asOf });
  if (found.length === 0) return authority === "public" ? NOTHING : NOWHERE;
  // Another path may go round it, as browsers find it.
  if (isTrustedWithout(found, chain, asOf)) return NOTHING;
  const [why = "conduct"] = REASONS.filter((reason) => found.some((entry) => entry.why === reason));
  const who = wordsFor(found.filter((entry) => entry.why === why));
  const outcome = BY_REASON[why];
  const isOther = chain.role === "other" && outcome !== "closed-root";
  return { outcome: isOther ? "other-distrusted" : outcome, data: { who }, pointer: "/chain", summary: who };
}

/** "Entrust by Chrome (2024-11-11), Mozilla (2024-11-30)" */
function wordsFor(found: readonly CaDistrust[]): string {
  const authorities = [...new Set(found.map(({ ca }) => ca))];
  return authorities
    .map((ca) => `${ca} by ${found.flatMap((entry) => (entry.ca === ca ? [`${entry.by} (${entry.date.slice(0, 10)})`] : [])).join(", ")}`)
    .join("; ");
}

const REASONS = ["compromise", "conduct", "retirement"] as const;
const BY_REASON = { compromise: "compromised", conduct: "distrusted", retirement: "closed-root" } as const;
const NOTHING = { outcome: "trusted", pointer: "/chain", summary: "nothing is held against it" } as const;
const NOWHERE = {
  outcome: "unobserved",
  reason: "evidence_ambiguous",
  pointer: "/chain",
  summary: "no path to an authority that is known",
} as const;
