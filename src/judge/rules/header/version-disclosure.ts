import { versionNumbers } from "../../facts/banner.ts";
import { absentFromBanners, overBanners } from "../../facts/banners.ts";
import { defineRule } from "../rule.ts";

export const versionDisclosure = defineRule({
  meta: {
    id: "header/version-disclosure",
    revision: 2,
    title: "No header tells a software version",
    failureTitle: "A header tells the version of the software behind the API",
    rationale:
      "A version in every answer spares an attacker of the provider the work of finding out which published weakness fits. It is no weakness itself, and its absence proves nothing.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Mention it to the provider when you talk about something else; there is nothing to do on your side.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9110 10.2.4", url: "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.4" },
      { id: "ASVS 5.0 13.4.6", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-497", "CWE-200"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 2.2.6", "ISO27001 A.8.9", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "no-version": { verdict: "pass", message: () => "No header tells a version." },
    disclosed: { verdict: "fail", message: ({ field, software }) => `The header ${field} tells ${software}.` },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: ({ integration, observations }) =>
    overBanners(integration, observations["http-response"], "no-version", ({ field, products }) => {
      const telling = products.filter(({ version = "" }) => versionNumbers(version).length >= LEAST_NUMBERS);
      if (telling.length === 0) return undefined;
      const software = telling.map(({ product, version }) => `${product} ${version}`).join(", ");
      return { outcome: "disclosed", confidence: 0.9, data: { field, software }, summary: `${field}: ${software}` };
    }),
  absent: (subject, { integration, observations }) => absentFromBanners(subject, integration, observations["http-response"], "no-version"),
});

/** "Apache/2" tells a generation that has lasted for twenty years, not a version. */
const LEAST_NUMBERS = 2;
