import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import { DAY, type Instant, isoDay } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { overAnswers } from "../../facts/answers.ts";
import { type LifecycleSignals, lifecycleSignals } from "../../facts/lifecycle.ts";
import { absentEndpoint } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const sunsetNear = defineRule({
  meta: {
    id: "lifecycle/sunset-near",
    revision: 4,
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
      { id: "RFC 9745 3", url: "https://www.rfc-editor.org/rfc/rfc9745#section-3" },
    ],
    cwe: ["CWE-1104"],
    owasp: ["API9:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF GV.SC-07"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "no-announcement": { verdict: "pass", message: () => "No end is announced." },
    "sunset-past": {
      verdict: "fail",
      message: ({ on, links }) => `The endpoint was to end on ${on}: it may stop at any moment.${leadingTo(links)}`,
    },
    "sunset-in-30-days": { verdict: "fail", severity: "high", message: ends },
    "sunset-in-90-days": { verdict: "fail", severity: "medium", message: ends },
    "sunset-in-180-days": { verdict: "fail", severity: "low", message: ends },
    "sunset-announced": { verdict: "fail", severity: "info", message: ends },
    "sunset-unreadable": {
      verdict: "fail",
      severity: "low",
      message: ({ links }) => `The endpoint announces its end with a date that cannot be read.${leadingTo(links)}`,
    },
    deprecated: {
      verdict: "fail",
      severity: "low",
      message: ({ links, form }) => `The endpoint is deprecated; no date of its end is announced.${older(form)}${leadingTo(links)}`,
    },
    "deprecation-announced": {
      verdict: "fail",
      severity: "info",
      message: ({ on, links, form }) => `The endpoint will be deprecated on ${on}.${older(form)}${leadingTo(links)}`,
    },
    "end-documented": {
      verdict: "fail",
      severity: "info",
      message: ({ links }) => `No end is announced, and the answer links to how there will be one.${leadingTo(links)}`,
    },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input, { asOf }) =>
    overAnswers(input, { outcome: "no-announcement", pointer: "/headers", summary: "no Sunset, no Deprecation" }, (evidence) =>
      announced(evidence, asOf),
    ),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "no-endpoint"),
});

type Outcome =
  | "sunset-past"
  | "sunset-in-30-days"
  | "sunset-in-90-days"
  | "sunset-in-180-days"
  | "sunset-announced"
  | "sunset-unreadable"
  | "deprecated"
  | "deprecation-announced"
  | "end-documented";

/** The end counts more than the deprecation before it. */
function announced(evidence: HttpResponseEvidence, asOf: Instant): Answer<Outcome> | undefined {
  const signals = lifecycleSignals(evidence);
  const { sunset, deprecation } = signals;
  const pointer = "/headers";
  const links = linkData(signals);
  if (sunset === "unreadable") return { outcome: "sunset-unreadable", data: links, pointer, summary: "Sunset: not a date" };
  if (sunset !== undefined) {
    const { outcome, data } = standing(sunset, asOf);
    return { outcome, data: { ...data, ...links }, pointer, summary: `Sunset: ${isoDay(sunset)}` };
  }
  if (deprecation === undefined)
    return isEndDocumented(signals) ? { outcome: "end-documented", data: links, pointer, summary: "Link" } : undefined;
  const form = signals.isLegacy ? { form: "legacy" } : {};
  if (deprecation === "undated") return { outcome: "deprecated", data: { ...form, ...links }, pointer, summary: "Deprecation" };
  const on = isoDay(deprecation);
  const outcome = deprecation > asOf ? "deprecation-announced" : "deprecated";
  return { outcome, data: { on, ...form, ...links }, pointer, summary: `Deprecation: ${on}` };
}

/** By itself, such a link may lead to a policy for all that the provider offers (RFC 9745 section 3, RFC 8594 section 6). */
function isEndDocumented({ links }: LifecycleSignals): boolean {
  return links.some((link) => /^(?:deprecation|sunset)\b/.test(link));
}

function linkData({ links }: LifecycleSignals): { readonly links?: string } {
  return links.length === 0 ? {} : { links: links.join(", ") };
}

function leadingTo(links: unknown): string {
  return typeof links === "string" ? ` Its answer links to ${links}.` : "";
}

/** RFC 9745 takes a date alone. */
function older(form: unknown): string {
  return form === "legacy" ? " It says so in a form that is older than RFC 9745." : "";
}

function standing(sunset: Instant, asOf: Instant): Pick<Answer<Outcome>, "outcome" | "data"> {
  const left = (sunset - asOf) / DAY;
  const step = LADDER.find(({ below }) => left < below);
  return {
    outcome: left <= 0 ? "sunset-past" : (step?.outcome ?? "sunset-announced"),
    data: { on: isoDay(sunset), days: Math.floor(left) },
  };
}

function ends({ on, days, links }: Readonly<Record<string, unknown>>): string {
  return `The endpoint ends on ${on}, in ${days} days.${leadingTo(links)}`;
}

/** Days left. */
const LADDER = [
  { below: 30, outcome: "sunset-in-30-days" },
  { below: 90, outcome: "sunset-in-90-days" },
  { below: 180, outcome: "sunset-in-180-days" },
] as const;
