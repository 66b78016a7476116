import type { TlsEvidence } from "../../../evidence/kinds.ts";
import { versionSubject } from "../../../model/tls.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { supportOf, unknownReason, versionPointer } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const noTls13 = defineRule({
  meta: {
    id: "tls/no-tls13",
    revision: 1,
    title: "TLS 1.3 is accepted",
    failureTitle: "TLS 1.3 is not accepted",
    rationale:
      "TLS 1.3 has none of the weak choices of its predecessors, hides the certificate, notices a downgrade, and is the only version that post-quantum key exchange is defined for. TLS 1.2 is sound where it is well configured, so this is information, and says who will need a plan.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider when TLS 1.3 will come, and note the date; make sure that your own clients offer it, so that they get it on that day.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 9325 3.1.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1" },
      { id: "RFC 8446 1.2", url: "https://www.rfc-editor.org/rfc/rfc8446#section-1.2" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    accepted: { verdict: "pass", message: () => "TLS 1.3 is accepted." },
    refused: { verdict: "fail", message: () => "TLS 1.3 is refused." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) => eachOrigin(versionSubject("TLS 1.3"), integration, observations.tls, answerFor),
  absent: goneOrigin,
});

function answerFor(evidence: TlsEvidence): Answer<"accepted" | "refused"> {
  const found = supportOf(evidence, "TLS 1.3");
  const shown = { pointer: versionPointer(evidence, "TLS 1.3"), summary: `TLS 1.3 ${found?.support ?? "not asked"}` };
  const reason = unknownReason(found);
  if (reason !== undefined) return { outcome: "unobserved", reason, ...shown };
  return { outcome: found?.support === "accepted" ? "accepted" : "refused", ...shown };
}
