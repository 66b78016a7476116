import { DAY, isoInstant } from "../../../model/instant.ts";
import { answerEach, atOrigin } from "../../facts/aggregate.ts";
import { leafOf, validityAt } from "../../facts/leaf.ts";
import { absentOrigin, secureOrigins, subjectAt } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const expired = defineRule({
  meta: {
    id: "certificate/expired",
    revision: 1,
    title: "The certificate is inside its validity period",
    failureTitle: "The certificate is outside its validity period",
    rationale:
      "Clients that verify certificates cannot connect, and clients that still connect do not verify: either the integration is down or nobody notices when somebody sits in between.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider at once and pause the integration; do not switch certificate verification off to get through.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [{ id: "RFC 5280 4.1.2.5", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" }],
    cwe: ["CWE-298"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  outcomes: {
    valid: { verdict: "pass", message: ({ until }) => `The certificate is valid until ${until}.` },
    expired: { verdict: "fail", message: ({ until, days }) => `The certificate expired at ${until}, ${days} days ago.` },
    "not-yet-valid": { verdict: "fail", severity: "high", message: ({ from }) => `The certificate is not valid before ${from}.` },
    "no-tls": { verdict: "not-applicable", message: () => "No https URL is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "This https URL is not declared any more." },
  },
  applies: ({ integration }) => (secureOrigins(integration).length === 0 ? "no-tls" : undefined),
  evaluate: ({ integration, observations }, { asOf }) =>
    secureOrigins(integration).flatMap((origin) =>
      answerEach(subjectAt("leaf", origin, integration), atOrigin(observations["tls-session"], origin), (session) => {
        const leaf = leafOf(session);
        if (leaf === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: "/chain", summary: "no certificate" };
        const until = isoInstant(leaf.notAfter);
        const days = Math.floor(Math.abs(asOf - leaf.notAfter) / DAY);
        return {
          outcome: validityAt(leaf, asOf),
          data: { from: isoInstant(leaf.notBefore), until, days },
          pointer: "/chain/0",
          summary: `notAfter ${until}`,
        };
      }),
    ),
  absent: (subject, { integration }) => absentOrigin(subject, secureOrigins(integration), integration, "not-declared"),
});
