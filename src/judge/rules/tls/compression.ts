import { olderFeatureAnswer } from "../../facts/tls-features.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const compression = defineRule({
  meta: {
    id: "tls/compression",
    revision: 1,
    title: "TLS does not compress",
    failureTitle: "TLS compresses for clients that offer it",
    rationale:
      "The length of what was compressed tells what it has in common with a guess: CRIME reads tokens that way, from a client that sends what an attacker chose beside them. Compression is gone from TLS 1.3 and from every client of today, so that only others get it.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider when it will be switched off; your own connections are safe as long as your clients do not offer compression, which OpenSSL, Java, Go and .NET do not.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9325 3.3", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.3" },
      { id: "RFC 7457 2.6", url: "https://www.rfc-editor.org/rfc/rfc7457#section-2.6" },
      { id: "CVE-2012-4929", url: "https://www.cve.org/CVERecord?id=CVE-2012-4929" },
    ],
    cwe: ["CWE-203"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    "not-compressed": { verdict: "pass", message: () => "Compression is not agreed on." },
    compressed: { verdict: "fail", message: () => "Compression is agreed on with clients that offer it." },
    "only-tls13": { verdict: "not-applicable", message: () => "Only TLS 1.3 is accepted." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("handshake", integration, observations.tls, (evidence) =>
      olderFeatureAnswer(evidence, "compression", { yes: "compressed", no: "not-compressed" }),
    ),
  absent: goneOrigin,
});
