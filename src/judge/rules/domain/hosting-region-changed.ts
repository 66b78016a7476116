import { hostingRegion } from "../../../evidence/hosting-region.ts";
import type { DomainEvidence } from "../../../evidence/kinds.ts";
import type { Instant } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { regionInWords } from "../../facts/domain-words.ts";
import { ABOUT_DOMAINS, eachDomain, goneDomain, turnOf } from "../../facts/domains.ts";
import { defineRule } from "../rule.ts";

export const hostingRegionChanged = defineRule({
  meta: {
    id: "domain/hosting-region-changed",
    revision: 1,
    title: "The name leads to the region that it led to before",
    failureTitle: "The name leads to another region than before",
    rationale:
      "Names of hosts at large vendors say in which of their regions they stand. What you send is first read there: where data may go, and whose law it is under, often depends on the country. A name is a hint and no proof: what stands behind it may be elsewhere.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Check whether the provider announced it, and whether your contract or your record of processing names the country.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 1034 3.6.2", url: "https://www.rfc-editor.org/rfc/rfc1034#section-3.6.2" },
      { id: "GDPR 44", url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj" },
    ],
    cwe: ["CWE-346"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF ID.SC-04"],
    confirm: 1,
  },
  needs: ["domain"],
  outcomes: {
    unchanged: { verdict: "pass", message: () => "The name was not seen to lead to any other region before." },
    settled: { verdict: "pass", message: () => "The name has led to this region for more than two weeks." },
    "country-changed": {
      verdict: "fail",
      message: ({ before, now }) => `The name leads to another country: to ${now}; before, it led to ${before}.`,
    },
    "region-changed": { verdict: "fail", message: ({ before, now }) => `The name leads to ${now}; before, it led to ${before}.` },
    "no-region": { verdict: "not-applicable", message: () => "The name does not say in which region the host behind it stands." },
    ...ABOUT_DOMAINS,
  },
  evaluate: (input, { asOf }) => eachDomain("region", input, (evidence) => answerFor(evidence, asOf)),
  absent: goneDomain,
});

type Outcome = "unchanged" | "settled" | "country-changed" | "region-changed" | "no-region";

function answerFor(evidence: DomainEvidence, asOf: Instant): Answer<Outcome> {
  const found = hostingRegion(evidence);
  if (found === undefined) return { outcome: "no-region", pointer: "/cnames", summary: "no region in the name" };
  const regions = evidence.seen.regions ?? [];
  const now = regions.find(({ cloud, region }) => cloud === found.cloud && region === found.region);
  if (now === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: "/seen", summary: "not noted" };
  const turn = turnOf(now, regions, asOf);
  const at = { pointer: "/seen/regions", summary: regionInWords(now) };
  if (turn.state !== "changed") return { outcome: turn.state, ...at };
  const { before } = turn;
  const data = { before: regionInWords(before), now: regionInWords(now) };
  return { outcome: before.country === now.country ? "region-changed" : "country-changed", data, ...at };
}
