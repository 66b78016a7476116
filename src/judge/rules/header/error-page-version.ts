import { parseBanner } from "../../facts/banner.ts";
import { ABOUT_POSTURE, overNotFound, whereNobodyDeclared } from "../../facts/posture.ts";
import { defineRule } from "../rule.ts";

export const errorPageVersion = defineRule({
  meta: {
    id: "header/error-page-version",
    revision: 1,
    title: "Error pages tell no software version",
    failureTitle: "An error page tells the version of the software behind the API",
    rationale:
      "Providers that hide the version in their headers often forget the page that their web server makes of an error. It is no weakness itself, and its absence proves nothing.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Mention it to the provider when you talk about something else; there is nothing to do on your side.",
    },
    severity: "low",
    likelihood: 1,
    citations: [{ id: "ASVS 5.0 13.4.6", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" }],
    cwe: ["CWE-497", "CWE-200"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-not-found"],
  outcomes: {
    "no-version": { verdict: "pass", message: () => "The error page tells no version." },
    disclosed: { verdict: "fail", message: ({ software }) => `The error page tells ${software}.` },
    ...ABOUT_POSTURE,
  },
  applies: whereNobodyDeclared,
  evaluate: (input) =>
    overNotFound(input, { outcome: "no-version", pointer: "/page", summary: "no version" }, ({ evidence: { page } }) => {
      const signed = (page?.signatures ?? []).flatMap((signature) => parseBanner("server", signature));
      const told = signed.flatMap(({ product, version }) => (version === undefined ? [] : [`${product} ${version}`]));
      if (told.length === 0) return undefined;
      const software = told.join(", ");
      return { outcome: "disclosed", confidence: 0.9, data: { software }, pointer: "/page/signatures", summary: software };
    }),
});
