import { DEPRECATED_TLS_VERSIONS, type TlsVersion, versionSubject } from "../../../model/tls.ts";
import { answerEach, atOrigin } from "../../facts/aggregate.ts";
import { absentOrigin, secureOrigins, subjectAt } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const deprecatedVersionNegotiated = defineRule({
  meta: {
    id: "tls/deprecated-version-negotiated",
    revision: 1,
    title: "Our own connection uses a current TLS version",
    failureTitle: "Our own connection uses a retired TLS version",
    rationale:
      "TLS 1.0 and 1.1 rest on SHA-1 and MD5 and lack authenticated encryption. This is the version that our own clients end up with, not one that somebody else might choose.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "medium",
      text: "Set a minimum of TLS 1.2 in your own client, so that it fails instead of falling back, once the provider offers it; until then keep sensitive data off this integration and ask for a date.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 8996 4", url: "https://www.rfc-editor.org/rfc/rfc8996#section-4" },
      { id: "RFC 9325 3.1.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1" },
    ],
    cwe: ["CWE-326", "CWE-327"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls-session"],
  outcomes: {
    "not-negotiated": { verdict: "pass", message: ({ version }) => `Our connection does not use ${version}.` },
    negotiated: { verdict: "fail", message: ({ version }) => `Our own connection was set up with ${version}, which is retired.` },
    "no-tls": { verdict: "not-applicable", message: () => "No https URL is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "This https URL is not declared any more." },
  },
  applies: ({ integration }) => (secureOrigins(integration).length === 0 ? "no-tls" : undefined),
  evaluate: ({ integration, observations }) =>
    secureOrigins(integration).flatMap((origin) => {
      const sessions = atOrigin(observations["tls-session"], origin);
      return NEGOTIABLE.flatMap((version) =>
        answerEach(subjectAt(versionSubject(version), origin, integration), sessions, (session) => ({
          outcome: session.version === version ? "negotiated" : "not-negotiated",
          data: { version },
          pointer: "/version",
          summary: `negotiated ${session.version}`,
        })),
      );
    }),
  absent: (subject, { integration }) => absentOrigin(subject, secureOrigins(integration), integration, "not-declared"),
});

/** What a client of today can still be talked down to: OpenSSL 3 has no SSL 2.0 and no SSL 3.0. */
const NEGOTIABLE: readonly TlsVersion[] = DEPRECATED_TLS_VERSIONS.filter((version) => version.startsWith("TLS"));
