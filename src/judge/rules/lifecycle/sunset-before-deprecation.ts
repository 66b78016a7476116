import { isoDay } from "../../../model/instant.ts";
import { overAnswers } from "../../facts/answers.ts";
import { lifecycleSignals } from "../../facts/lifecycle.ts";
import { absentEndpoint } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const sunsetBeforeDeprecation = defineRule({
  meta: {
    id: "lifecycle/sunset-before-deprecation",
    revision: 1,
    title: "The end that is announced comes after the deprecation",
    failureTitle: "The end that is announced comes before the deprecation",
    rationale:
      "Nothing ends before it is deprecated (RFC 9745 section 4), so one of the two dates is wrong, and we do not know which: the end may be nearer than it looks.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider for the date of the end, and go by the earlier one until then.",
    },
    severity: "low",
    likelihood: 2,
    citations: [{ id: "RFC 9745 4", url: "https://www.rfc-editor.org/rfc/rfc9745#section-4" }],
    cwe: ["CWE-1104"],
    owasp: ["API9:2023"],
    controls: ["ISO27001 A.5.22"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "in-order": { verdict: "pass", message: () => "The end that is announced does not come before the deprecation." },
    "sunset-first": {
      verdict: "fail",
      message: ({ sunset, deprecation }) => `The endpoint is to end on ${sunset}, before it is deprecated on ${deprecation}.`,
    },
    "not-both-dated": { verdict: "not-applicable", message: () => "Not both dates are announced." },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) =>
    overAnswers(input, { outcome: "not-both-dated", pointer: "/headers", summary: "not both dates" }, (evidence) => {
      const { sunset, deprecation } = lifecycleSignals(evidence);
      if (typeof sunset !== "number" || typeof deprecation !== "number") return undefined;
      const data = { sunset: isoDay(sunset), deprecation: isoDay(deprecation) };
      const summary = `Sunset: ${data.sunset}, Deprecation: ${data.deprecation}`;
      return { outcome: sunset < deprecation ? "sunset-first" : "in-order", data, pointer: "/headers", summary };
    }),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "no-endpoint"),
});
