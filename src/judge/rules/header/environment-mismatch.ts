import type { Integration } from "../../../model/integration.ts";
import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const environmentMismatch = defineRule({
  meta: {
    id: "header/environment-mismatch",
    revision: 1,
    title: "What we call production is answered by production",
    failureTitle: "A header says that something else than production answers",
    rationale:
      "Systems for tests are patched later, watched less and open to more people, and often hold copies of real data. A call to production that ends there takes real credentials and real data along.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Compare the base URL with the provider's documentation, and ask the provider which environment answers there. Where the environment in the inventory is wrong, correct that.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "OWASP API9:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/" },
      { id: "ASVS 5.0 13.4.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-489", "CWE-1053"],
    owasp: ["API9:2023"],
    controls: ["ISO27001 A.8.31", "PCI-DSS 6.5.3", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "not-contradicted": { verdict: "pass", message: () => "No header says that something else than production answers." },
    mismatch: { verdict: "fail", message: ({ field }) => `The header ${field} names an environment that is not production.` },
    "not-production": { verdict: "not-applicable", message: () => "No URL of it is declared as production." },
    ...ABOUT_HEADS,
  },
  applies: (input) => withoutEndpoints(input) ?? (isProductionSomewhere(input.integration) ? undefined : "not-production"),
  evaluate: (input) =>
    overLeaks(input, {
      kinds: ["environment"],
      clean: "not-contradicted",
      answer: (_worst, _field, { request }) => (environmentAt(request.origin, input.integration) === PRODUCTION ? "mismatch" : undefined),
    }),
  absent: (subject, input) => absentLeak(subject, input, "not-contradicted"),
});

function isProductionSomewhere(integration: Integration): boolean {
  const origins = [integration.baseUrl, ...integration.additionalUrls.map(({ url }) => url)].map((url) => new URL(url).origin);
  return origins.some((origin) => environmentAt(origin, integration) === PRODUCTION);
}

/** An additional URL may be of another environment than the integration. */
function environmentAt(origin: string, { baseUrl, additionalUrls, environment }: Integration): string {
  if (new URL(baseUrl).origin === origin) return environment;
  return additionalUrls.find(({ url }) => new URL(url).origin === origin)?.environment ?? environment;
}

const PRODUCTION = "production";
