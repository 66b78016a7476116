import type { TlsEvidence } from "../../../evidence/kinds.ts";
import type { Observation } from "../../../evidence/observation.ts";
import { atOrigin, counted, evidenceOf, plain, unseenResult } from "../../facts/aggregate.ts";
import { secureOrigins, subjectAt } from "../../facts/subjects.ts";
import { type Comparison, groupDifferences, suiteDifferences, versionDifferences } from "../../facts/tls-differences.ts";
import { goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { listed } from "../../facts/tls-suites.ts";
import { defineRule, type RuleResult } from "../rule.ts";

export const configurationDiffers = defineRule({
  meta: {
    id: "tls/configuration-differs",
    revision: 1,
    title: "All addresses are configured alike",
    failureTitle: "The addresses of one API are configured differently",
    rationale:
      "Which of them our clients reach is chance, or somebody's choice: an attacker leads them to the weakest. A difference is often a rollout half way, sometimes a machine that was forgotten, and the reason for failures that nobody can reproduce. What is weak in itself is said by other rules.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider whether a rollout is under way, and name the addresses; test your clients against each of them before you rely on what only some accept.",
    },
    severity: "low",
    likelihood: 1,
    citations: [{ id: "RFC 9325 3.9", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.9" }],
    cwe: ["CWE-1188"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 12.3.3", "ISO27001 A.8.9", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    alike: { verdict: "pass", message: () => "All addresses accept the same." },
    "versions-differ": { verdict: "fail", message: ({ items }) => `Some addresses accept what others refuse: ${items}.` },
    "parameters-differ": {
      verdict: "fail",
      severity: "info",
      message: ({ items }) => `Some addresses accept what others refuse: ${items}.`,
    },
    "one-address": { verdict: "not-applicable", message: () => "There is one address only." },
    "nothing-shared": { verdict: "not-applicable", message: () => "The addresses have no version in common to be compared in." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    secureOrigins(integration).flatMap((origin) => {
      const asked = atOrigin(observations.tls, origin);
      if (isAloneForNow(asked)) return [];
      return ASPECTS.map((aspect) => compared(subjectAt(aspect.word, origin, integration), aspect, counted(asked)));
    }),
  absent: goneOrigin,
});

/** The others refuse connections today: nothing new can be found, and nothing that was is mended (`absent`). */
function isAloneForNow(asked: readonly Observation<"tls">[]): boolean {
  return asked.length > 1 && counted(asked).length === 1;
}

interface Aspect {
  readonly word: string;
  readonly compare: (addresses: readonly TlsEvidence[]) => Comparison;
  readonly outcome: "versions-differ" | "parameters-differ";
  readonly pointer: string;
}

const ASPECTS: readonly Aspect[] = [
  { word: "versions", compare: versionDifferences, outcome: "versions-differ", pointer: "/versions" },
  { word: "cipher-suites", compare: suiteDifferences, outcome: "parameters-differ", pointer: "/versions" },
  { word: "groups", compare: groupDifferences, outcome: "parameters-differ", pointer: "/groups" },
];

type Outcome = Aspect["outcome"] | "alike" | "one-address" | "nothing-shared";

function compared(
  subject: string,
  { compare, outcome, pointer }: Aspect,
  observations: readonly Observation<"tls">[],
): RuleResult<Outcome> {
  const [blind] = observations.filter((observation) => evidenceOf(observation) === undefined);
  const addresses = observations.flatMap((observation) => evidenceOf(observation) ?? []);
  const { differing, open, comparable } = compare(addresses);
  const items = listed(differing);
  const summary = items === "" ? "compared" : `compared: ${items}`;
  const evidence = observations
    .filter((observation) => evidenceOf(observation) !== undefined)
    .map((observation) => ({ observation: plain(observation), pointer, summary }));
  if (differing.length > 0) return { outcome, subject, data: { items }, evidence };
  if (blind !== undefined) return unseenResult(subject, blind);
  if (addresses.length === 0) return { outcome: "unobserved", subject, reason: "not_requested" };
  if (addresses.length === 1) return { outcome: "one-address", subject, evidence };
  if (open !== undefined) return { outcome: "unobserved", subject, reason: open, evidence };
  return { outcome: comparable ? "alike" : "nothing-shared", subject, evidence };
}
