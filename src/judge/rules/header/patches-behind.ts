import { endOfLifeRetrieved } from "../../../catalog/end-of-life.ts";
import type { Instant } from "../../../model/instant.ts";
import type { BannerProduct } from "../../facts/banner.ts";
import { absentFromBanners, type Banner, overBanners } from "../../facts/banners.ts";
import { lifeFactsAreStale, lineOf, mendedBy } from "../../facts/end-of-life.ts";
import type { FieldAnswer } from "../../facts/named-fields.ts";
import { defineRule } from "../rule.ts";

export const patchesBehind = defineRule({
  meta: {
    id: "header/patches-behind",
    revision: 1,
    title: "No header names a release that lacks corrections",
    failureTitle: "The API says that it runs on a release that lacks corrections",
    rationale:
      "Some lines of releases have no end (httpd 2.4, Caddy 2): there, a release is as safe as its last correction. The builds of distributions are left out, since they are mended under an old number.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider how soon corrections of this software are installed, and whether those that are missing matter to the API.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "ASVS 5.0 15.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "endoflife.date", url: "https://endoflife.date/" },
    ],
    cwe: ["CWE-1395"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 6.3.3", "ISO27001 A.8.8", "NIST-CSF ID.RA-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "none-named": { verdict: "pass", message: () => "No release of a line without an end is named by its makers' number." },
    "up-to-date": { verdict: "pass", message: ({ software, taken }) => `Nothing newer was known on ${taken}: ${software}.` },
    behind: {
      verdict: "fail",
      message: ({ software, taken }) => `Behind the newest release of its line: ${software}. As known on ${taken}.`,
    },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: ({ integration, observations }, { asOf }) =>
    overBanners(integration, observations["http-response"], "none-named", (banner) => answerFor(banner, asOf)),
  absent: (subject, { integration, observations }) => absentFromBanners(subject, integration, observations["http-response"], "none-named"),
});

type Outcome = "none-named" | "up-to-date" | "behind";

function answerFor({ field, products, reason }: Banner, asOf: Instant): FieldAnswer<Outcome> | undefined {
  const lines = products.map(placed).filter((line) => line !== undefined);
  const behind = lines.filter((line) => line.behind);
  const told = behind.length > 0 ? behind : lines;
  if (told.length === 0 || (behind.length === 0 && reason !== undefined)) return undefined;
  const software = told.map(({ text }) => text).join(", ");
  const said = { data: { field, software, taken: endOfLifeRetrieved() }, summary: `${field}: ${software}` };
  if (behind.length > 0) return { outcome: "behind", confidence: 0.7, ...said };
  // What was behind then is behind today; what was not may be.
  return lifeFactsAreStale(asOf)
    ? { outcome: "unobserved", reason: "data_stale", ...said }
    : { outcome: "up-to-date", confidence: 0.7, ...said };
}

/** Undefined for what has no place in a line without an end. `text`: "Apache HTTP Server 2.4.6 (newest: 2.4.68)". */
function placed({ product, version, distro }: BannerProduct): { readonly behind: boolean; readonly text: string } | undefined {
  const { basis, mendedElsewhere } = mendedBy(product, distro);
  const line = version === undefined || mendedElsewhere ? undefined : lineOf(basis, version);
  return line && { behind: line.behind, text: `${line.name} ${version}${line.behind ? ` (newest: ${line.newest})` : ""}` };
}
