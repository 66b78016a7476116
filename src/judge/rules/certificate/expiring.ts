import type { CertificateFacts } from "../../../evidence/kinds.ts";
import { DAY, type Instant, isoInstant } from "../../../model/instant.ts";
import { type Answer, answerEach, atOrigin } from "../../facts/aggregate.ts";
import { leafOf, lifetimeLeft, validityAt } from "../../facts/leaf.ts";
import { absentOrigin, secureOrigins, subjectAt } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const expiring = defineRule({
  meta: {
    id: "certificate/expiring",
    revision: 1,
    title: "The certificate was renewed in time",
    failureTitle: "The certificate is near its end and was not renewed",
    rationale:
      "Automatic renewal happens when about a third of the lifetime is left, so a certificate with less than a fifth of it left was missed. Lifetimes run from six days to thirteen months: a number of days would be wrong for most of them.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider whether renewal is under way, and plan for the integration to fail on the day it ends.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 5280 4.1.2.5", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" },
      { id: "RFC 9773 4.2", url: "https://www.rfc-editor.org/rfc/rfc9773#section-4.2" },
    ],
    cwe: ["CWE-298"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  outcomes: {
    fresh: { verdict: "pass", message: ({ percent }) => `${percent} % of the certificate's lifetime are left.` },
    "renewal-overdue": { verdict: "fail", severity: "low", message: left },
    "ends-soon": { verdict: "fail", severity: "medium", message: left },
    "ends-very-soon": { verdict: "fail", severity: "high", message: left },
    "outside-validity": { verdict: "not-applicable", message: () => "The certificate is not valid now: said by certificate/expired." },
    "no-tls": { verdict: "not-applicable", message: () => "No https URL is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "This https URL is not declared any more." },
  },
  applies: ({ integration }) => (secureOrigins(integration).length === 0 ? "no-tls" : undefined),
  evaluate: ({ integration, observations }, { asOf }) =>
    secureOrigins(integration).flatMap((origin) =>
      answerEach(subjectAt("leaf", origin, integration), atOrigin(observations["tls-session"], origin), (session) => {
        const leaf = leafOf(session);
        if (leaf === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: "/chain", summary: "no certificate" };
        return { ...standing(leaf, asOf), pointer: "/chain/0", summary: `notAfter ${isoInstant(leaf.notAfter)}` };
      }),
    ),
  absent: (subject, { integration }) => absentOrigin(subject, secureOrigins(integration), integration, "not-declared"),
});

type Outcome = "fresh" | "renewal-overdue" | "ends-soon" | "ends-very-soon" | "outside-validity";

function standing(leaf: CertificateFacts, asOf: Instant): Pick<Answer<Outcome>, "outcome" | "reason" | "data"> {
  const fraction = lifetimeLeft(leaf, asOf);
  if (fraction === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous" };
  if (validityAt(leaf, asOf) !== "valid") return { outcome: "outside-validity" };
  const step = LADDER.find(({ below }) => fraction < below);
  const data = {
    until: isoInstant(leaf.notAfter),
    days: Math.floor((leaf.notAfter - asOf) / DAY),
    percent: Math.floor(fraction * 100),
  };
  return { outcome: step?.outcome ?? "fresh", data };
}

function left({ until, days, percent }: Readonly<Record<string, unknown>>): string {
  return `The certificate ends at ${until}, in ${days} days: ${percent} % of its lifetime are left.`;
}

const LADDER = [
  { below: 0.05, outcome: "ends-very-soon" },
  { below: 0.1, outcome: "ends-soon" },
  { below: 0.2, outcome: "renewal-overdue" },
] as const;
