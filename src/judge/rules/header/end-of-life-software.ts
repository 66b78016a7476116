import { endOfLifeRetrieved } from "../../../catalog/end-of-life.ts";
import type { Instant } from "../../../model/instant.ts";
import type { BannerProduct } from "../../facts/banner.ts";
import { absentFromBanners, type Banner, overBanners } from "../../facts/banners.ts";
import { type Life, lifeFactsAreStale, lifeOf, mendedBy } from "../../facts/end-of-life.ts";
import type { FieldAnswer } from "../../facts/named-fields.ts";
import { defineRule } from "../rule.ts";

export const endOfLifeSoftware = defineRule({
  meta: {
    id: "header/end-of-life-software",
    revision: 2,
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
    supported: { verdict: "pass", message: ({ software }) => `${software} is supported.` },
    "unknown-newer": {
      verdict: "pass",
      message: ({ software, taken }) => `Newer than every release that was known on ${taken}, so that its end is not known: ${software}.`,
    },
    ended: {
      verdict: "fail",
      message: ({ software, taken }) => `Past its end of life: ${software}. As known on ${taken}.`,
    },
    "ended-upstream": {
      verdict: "fail",
      severity: "low",
      message: ({ software, taken }) =>
        `Past its end of life at its makers: ${software}. This build may be maintained by its distributor. As known on ${taken}.`,
    },
    "extended-support": {
      verdict: "fail",
      severity: "info",
      message: ({ software }) => `Maintained only for those who pay for it: ${software}.`,
    },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: ({ integration, observations }, { asOf }) =>
    overBanners(integration, observations["http-response"], "none-named", (banner) => answerFor(banner, asOf)),
  absent: (subject, { integration, observations }) => absentFromBanners(subject, integration, observations["http-response"], "none-named"),
});

type Outcome = "none-named" | "supported" | "unknown-newer" | "ended" | "ended-upstream" | "extended-support";

/** A product with a known life, and what is to be said of it. */
interface Standing extends Pick<FieldAnswer<Outcome>, "outcome" | "reason" | "confidence"> {
  /** "nginx 1.18.0 (until 2021-04-20)" */
  readonly text: string;
}

/** The worst that is to be said of a field, with every product of which it is said. */
function answerFor({ field, products, reason }: Banner, asOf: Instant): FieldAnswer<Outcome> | undefined {
  const standings = products.map((product) => standingOf(product, asOf)).filter((standing) => standing !== undefined);
  const alike = WORST_FIRST.map((outcome) => standings.filter((standing) => standing.outcome === outcome));
  const worst = alike.find((found) => found.length > 0) ?? [];
  const [first] = worst;
  if (first === undefined || (isGood(first.outcome) && reason !== undefined)) return undefined;
  const software = worst.map(({ text }) => text).join(", ");
  const { text: _text, ...said } = first;
  return { ...said, data: { field, software, taken: endOfLifeRetrieved() }, summary: `${field}: ${software}` };
}

function standingOf({ product, version, distro }: BannerProduct, asOf: Instant): Standing | undefined {
  if (version === undefined) return undefined;
  const { basis, mendedElsewhere } = mendedBy(product, distro);
  const life = lifeOf(basis, version, asOf);
  if (life === undefined) return undefined;
  const until = "until" in life && life.until !== null ? ` (until ${life.until})` : "";
  const text = `${life.name} ${version}${until}`;
  if (lifeFactsAreStale(asOf)) return { outcome: "unobserved", reason: "data_stale", text };
  return { ...verdictOf(life, mendedElsewhere), text };
}

function verdictOf(life: Life, mendedElsewhere: boolean): Omit<Standing, "text"> {
  switch (life.state) {
    case "supported":
      return { outcome: "supported", confidence: 0.8 };
    case "newer":
      // Our facts are at most half a year old, and so is this release.
      return { outcome: "unknown-newer", confidence: 0.6 };
    case "unlisted":
      return { outcome: "unobserved", reason: "evidence_ambiguous" };
    case "extended":
      return { outcome: "extended-support", confidence: 0.5 };
    case "ended":
      return mendedElsewhere ? { outcome: "ended-upstream", confidence: 0.4 } : { outcome: "ended", confidence: 0.8 };
  }
}

function isGood(outcome: Standing["outcome"]): boolean {
  return outcome === "supported" || outcome === "unknown-newer";
}

const WORST_FIRST = ["ended", "ended-upstream", "extended-support", "unobserved", "unknown-newer", "supported"] as const;
