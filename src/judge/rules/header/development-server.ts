import type { BannerProduct } from "../../facts/banner.ts";
import { absentFromBanners, overBanners } from "../../facts/banners.ts";
import { defineRule } from "../rule.ts";

export const developmentServer = defineRule({
  meta: {
    id: "header/development-server",
    revision: 1,
    title: "No header names a server for development",
    failureTitle: "The API is answered by a server that is meant for development",
    rationale:
      "Such servers come with a language or a framework to try things out. Their makers say that they are not for production: they withstand neither load nor hostile requests, and often come with a debugger.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider whether this is production, and to put a server for production in its place; until then, send nothing that must not be lost.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 13.4.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "Werkzeug: deploying to production", url: "https://werkzeug.palletsprojects.com/en/stable/deployment/" },
    ],
    cwe: ["CWE-489"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 2.2.1", "ISO27001 A.8.31", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "none-named": { verdict: "pass", message: () => "No server for development is named." },
    named: { verdict: "fail", message: ({ field, software }) => `The header ${field} names ${software}, which is for development.` },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: ({ integration, observations }) =>
    overBanners(integration, observations["http-response"], "none-named", ({ field, products }) => {
      const software = products
        .filter(isForDevelopment)
        .map(({ product }) => SERVERS.get(product))
        .join(", ");
      return software === ""
        ? undefined
        : { outcome: "named", confidence: 0.8, data: { field, software }, summary: `${field}: ${software}` };
    }),
  absent: (subject, { integration, observations }) => absentFromBanners(subject, integration, observations["http-response"], "none-named"),
});

function isForDevelopment({ product }: BannerProduct): boolean {
  return SERVERS.has(product);
}

/** What banners call them, and what their users do. */
const SERVERS: ReadonlyMap<string, string> = new Map([
  ["werkzeug", "Werkzeug"],
  ["wsgiserver", "WSGIServer of Python's wsgiref (Django's runserver)"],
  ["basehttp", "BaseHTTP of Python's http.server"],
  ["simplehttp", "SimpleHTTP of Python's http.server"],
  ["webrick", "WEBrick"],
  ["php-cli-server", "PHP's built-in server"],
]);
