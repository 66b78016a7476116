import { endOfLifeRetrieved } from "../../../catalog/end-of-life.ts";
import type { Instant } from "../../../model/instant.ts";
import { absentFromBanners, type NamedProduct, overBanners, type ProductAnswer } from "../../facts/banners.ts";
import { type Life, lifeFactsAreStale, lifeOf } from "../../facts/end-of-life.ts";
import { defineRule } from "../rule.ts";

export const endOfLifeSoftware = defineRule({
  meta: {
    id: "header/end-of-life-software",
    revision: 1,
    title: "No software that is past its end of life is named",
    failureTitle: "The API says that it runs on software past its end of life",
    rationale:
      "Weaknesses that are found in a release after its end are not mended in it. A header may be faked, or name a proxy instead of the API, so this is a reason to ask and no proof.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider whether the release is maintained by somebody (a distribution, a paid extension) and when it will be replaced; note the answer as a waiver with a date.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 15.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "endoflife.date", url: "https://endoflife.date/" },
    ],
    cwe: ["CWE-1104"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 6.3.3", "ISO27001 A.8.8", "NIST-CSF ID.RA-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "none-named": { verdict: "pass", message: () => "No software with a known life and version is named." },
    supported: { verdict: "pass", message: ({ name, version }) => `${name} ${version} is supported.` },
    "newer-than-known": {
      verdict: "pass",
      message: ({ name, version, taken }) => `${name} ${version} is newer than what was known on ${taken}.`,
    },
    ended: {
      verdict: "fail",
      message: ({ name, version, until, taken }) => `${name} ${version} is past its end of life (${until}; as known on ${taken}).`,
    },
    "ended-upstream": {
      verdict: "fail",
      severity: "low",
      message: ({ name, version, until }) =>
        `${name} ${version} is past its end of life at its makers (${until}); this build may be maintained by its distributor.`,
    },
    "extended-support": {
      verdict: "fail",
      severity: "info",
      message: ({ name, version, until }) => `${name} ${version} is maintained only for those who pay for it, until ${until}.`,
    },
  },
  evaluate: ({ integration, observations }, { asOf }) =>
    overBanners(integration, observations["http-response"], "none-named", (product) => answerFor(product, asOf)),
  absent: (subject, { integration, observations }) => absentFromBanners(subject, integration, observations["http-response"], "none-named"),
});

type Outcome = "none-named" | "supported" | "newer-than-known" | "ended" | "ended-upstream" | "extended-support";

function answerFor({ product, version, distro, field }: NamedProduct, asOf: Instant): ProductAnswer<Outcome> | undefined {
  if (version === undefined) return undefined;
  const basis = BASIS.get(product) ?? product;
  const life = lifeOf(basis, version, asOf);
  if (life === undefined) return undefined;
  const shown = { word: `product:${product}`, summary: `${field}: ${product} ${version}` };
  if (lifeFactsAreStale(asOf)) return { outcome: "unobserved", reason: "data_stale", ...shown };
  const mendedElsewhere = distro !== undefined || basis !== product;
  const data = { name: life.name, version, taken: endOfLifeRetrieved(), ...("until" in life ? { until: life.until } : {}) };
  return { ...verdictOf(life, mendedElsewhere), data, ...shown };
}

function verdictOf(life: Life, mendedElsewhere: boolean): Pick<ProductAnswer<Outcome>, "outcome" | "reason" | "confidence"> {
  switch (life.state) {
    case "supported":
      return { outcome: "supported", confidence: 0.8 };
    case "newer":
      return { outcome: "newer-than-known", confidence: 0.7 };
    case "unlisted":
      return { outcome: "unobserved", reason: "evidence_ambiguous" };
    case "extended":
      return { outcome: "extended-support", confidence: 0.5 };
    case "ended":
      return mendedElsewhere ? { outcome: "ended-upstream", confidence: 0.4 } : { outcome: "ended", confidence: 0.8 };
  }
}

/** The first numbers of an OpenResty release are those of the nginx in it, which its makers patch themselves. */
const BASIS: ReadonlyMap<string, string> = new Map([["openresty", "nginx"]]);
