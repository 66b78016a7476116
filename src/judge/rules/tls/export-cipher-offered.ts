import { isExport } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { weakAnswer, weakOutcomes } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const exportCipherOffered = defineRule({
  meta: {
    id: "tls/export-cipher-offered",
    revision: 2,
    title: "No export-grade cipher suite is accepted",
    failureTitle: "An export-grade cipher suite is accepted",
    rationale:
      "Keys of 40 and 56 bits, and of 512 bits to agree on them, were made to be broken in the nineties. FREAK and Logjam talked clients down to them that had never offered them; clients that were patched since 2015 are safe.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider when it will be switched off; your own connections are safe with a TLS library of the last ten years. Look for older ones among your clients: embedded devices, old Java and .NET runtimes.",
    },
    severity: "high",
    likelihood: 1,
    citations: [
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
      { id: "CVE-2015-0204", url: "https://www.cve.org/CVERecord?id=CVE-2015-0204" },
    ],
    cwe: ["CWE-326", "CWE-757"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    refused: { verdict: "pass", message: () => "Export-grade cipher suites are refused." },
    ...weakOutcomes({ usual: "low", worst: "high" }, ({ suites, versions }) => `Accepted at export grade: ${suites} (${versions}).`),
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => weakAnswer(evidence, isExport)),
  absent: goneOrigin,
});
