import type { TlsEvidence } from "../../../evidence/kinds.ts";
import { DEPRECATED_TLS_VERSIONS, type TlsVersion, versionSubject } from "../../../model/tls.ts";
import { type Answer, answerEach, atOrigin, evidenceOf } from "../../facts/aggregate.ts";
import { absentOrigin, secureOrigins, subjectAt } from "../../facts/subjects.ts";
import { mayConnectToday, weakOutcomes } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const deprecatedVersionOffered = defineRule({
  meta: {
    id: "tls/deprecated-version-offered",
    revision: 2,
    title: "No retired TLS version is accepted",
    failureTitle: "A retired TLS version is accepted",
    rationale:
      "A server that still accepts a retired version lets old clients talk weakly to it, and shows how its edge is kept. What our own connection uses is another rule's question; that others may be talked to weakly is a small matter.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider when it will be switched off; your own clients are protected as long as they refuse anything below TLS 1.2.",
    },
    severity: "high",
    likelihood: 1,
    citations: [
      { id: "RFC 8996 4", url: "https://www.rfc-editor.org/rfc/rfc8996#section-4" },
      { id: "RFC 7568 3", url: "https://www.rfc-editor.org/rfc/rfc7568#section-3" },
      { id: "RFC 6176 3", url: "https://www.rfc-editor.org/rfc/rfc6176#section-3" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  outcomes: {
    refused: { verdict: "pass", message: ({ version }) => `${version} is refused.` },
    ...weakOutcomes({ usual: "low", worst: "high" }, ({ version }) => `${version} is accepted from clients that ask for it.`),
    "no-tls": { verdict: "not-applicable", message: () => "No https URL is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "This https URL is not declared any more." },
  },
  applies: ({ integration }) => (secureOrigins(integration).length === 0 ? "no-tls" : undefined),
  evaluate: ({ integration, observations }) =>
    secureOrigins(integration).flatMap((origin) => {
      const hellos = atOrigin(observations.tls, origin);
      return DEPRECATED_TLS_VERSIONS.filter((version) => isAsked(version, hellos.map(evidenceOf))).flatMap((version) =>
        answerEach(subjectAt(versionSubject(version), origin, integration), hellos, (evidence) => answerFor(version, evidence)),
      );
    }),
  absent: (subject, { integration }) => absentOrigin(subject, secureOrigins(integration), integration, "not-declared"),
});

type Outcome = "refused" | "offered" | "nothing-better";

function answerFor(version: TlsVersion, evidence: TlsEvidence): Answer<Outcome> {
  const { versions } = evidence;
  const index = versions.findIndex((candidate) => candidate.version === version);
  const found = versions[index];
  if (found === undefined) return { outcome: "unobserved", reason: "not_requested", pointer: "/versions", summary: `${version} not asked` };
  const shown = { pointer: `/versions/${index}`, summary: `${version} ${found.support}`, data: { version } };
  if (found.support === "unknown") return { outcome: "unobserved", reason: found.reason ?? "evidence_ambiguous", ...shown };
  if (found.support === "refused") return { outcome: "refused", ...shown };
  return { outcome: mayConnectToday(evidence) ? "offered" : "nothing-better", ...shown };
}

/** SSL 2.0 has another hello and is asked for at full depth only: it is a question where somebody asked it. */
function isAsked(version: TlsVersion, hellos: readonly (TlsEvidence | undefined)[]): boolean {
  return version !== "SSL 2.0" || hellos.some((evidence) => evidence?.versions.some((found) => found.version === version));
}
