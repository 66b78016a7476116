import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import { DAY, type Instant, isoDay } from "../../../model/instant.ts";
import { type Answer, answerEach } from "../../facts/aggregate.ts";
import { lifecycleSignals } from "../../facts/lifecycle.ts";
import { answerReason, foreignReason } from "../../facts/responses.ts";
import { absentEndpoint, endpointSubject } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const sunsetNear = defineRule({
  meta: {
    id: "lifecycle/sunset-near",
    revision: 1,
    title: "No end of the endpoint is announced",
    failureTitle: "The end of the endpoint is announced",
    rationale:
      "Providers announce the end of an API version in headers that nobody reads. On the day itself, or in trial outages before it, the integration stops.",
    remediation: {
      verb: "move",
      alone: true,
      effort: "high",
      text: "Plan the move to the successor (look for Link headers with rel=successor-version, or the provider's migration guide) and finish it before the date.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "RFC 8594 3", url: "https://www.rfc-editor.org/rfc/rfc8594#section-3" },
      { id: "RFC 9745 2", url: "https://www.rfc-editor.org/rfc/rfc9745#section-2" },
    ],
    cwe: ["CWE-1104"],
    owasp: ["API9:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF GV.SC-07"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "no-announcement": { verdict: "pass", message: () => "No end is announced." },
    "sunset-past": { verdict: "fail", message: ({ on }) => `The endpoint was to end on ${on}: it may stop at any moment.` },
    "sunset-in-30-days": { verdict: "fail", severity: "high", message: ends },
    "sunset-in-90-days": { verdict: "fail", severity: "medium", message: ends },
    "sunset-in-180-days": { verdict: "fail", severity: "low", message: ends },
    "sunset-announced": { verdict: "fail", severity: "info", message: ends },
    "sunset-unreadable": {
      verdict: "fail",
      severity: "low",
      message: () => "The endpoint announces its end with a date that cannot be read.",
    },
    deprecated: { verdict: "fail", severity: "low", message: () => "The endpoint is deprecated; no date of its end is announced." },
    "deprecation-announced": { verdict: "fail", severity: "info", message: ({ on }) => `The endpoint will be deprecated on ${on}.` },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: ({ integration, observations }, { asOf }) =>
    integration.endpoints.flatMap(({ id }) =>
      answerEach(
        endpointSubject(id),
        observations["http-response"].filter(({ key }) => key.endpoint === id),
        (evidence) => answerFor(evidence, asOf),
      ),
    ),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "no-endpoint"),
});

type Outcome =
  | "no-announcement"
  | "sunset-past"
  | "sunset-in-30-days"
  | "sunset-in-90-days"
  | "sunset-in-180-days"
  | "sunset-announced"
  | "sunset-unreadable"
  | "deprecated"
  | "deprecation-announced";

/** The end counts more than the deprecation before it. An announcement counts in any answer of the API, its absence only in a good one. */
function answerFor(evidence: HttpResponseEvidence, asOf: Instant): Answer<Outcome> {
  const foreign = foreignReason(evidence);
  if (foreign !== undefined) return { outcome: "unobserved", reason: foreign, pointer: "/interference", summary: foreign };
  const { sunset, deprecation } = lifecycleSignals(evidence);
  const pointer = "/headers";
  if (sunset === "unreadable") return { outcome: "sunset-unreadable", pointer, summary: "Sunset: not a date" };
  if (sunset !== undefined) return { ...standing(sunset, asOf), pointer, summary: `Sunset: ${isoDay(sunset)}` };
  if (deprecation === "undated") return { outcome: "deprecated", pointer, summary: "Deprecation" };
  if (deprecation !== undefined) {
    const on = isoDay(deprecation);
    return { outcome: deprecation > asOf ? "deprecation-announced" : "deprecated", data: { on }, pointer, summary: `Deprecation: ${on}` };
  }
  const reason = answerReason(evidence);
  if (reason !== undefined) return { outcome: "unobserved", reason, pointer, summary: reason };
  return { outcome: "no-announcement", pointer, summary: "no Sunset, no Deprecation" };
}

function standing(sunset: Instant, asOf: Instant): Pick<Answer<Outcome>, "outcome" | "data"> {
  const left = (sunset - asOf) / DAY;
  const step = LADDER.find(({ below }) => left < below);
  return {
    outcome: left <= 0 ? "sunset-past" : (step?.outcome ?? "sunset-announced"),
    data: { on: isoDay(sunset), days: Math.floor(left) },
  };
}

function ends({ on, days }: Readonly<Record<string, unknown>>): string {
  return `The endpoint ends on ${on}, in ${days} days.`;
}

/** Days left. */
const LADDER = [
  { below: 30, outcome: "sunset-in-30-days" },
  { below: 90, outcome: "sunset-in-90-days" },
  { below: 180, outcome: "sunset-in-180-days" },
] as const;
