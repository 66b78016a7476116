import { overAnswers } from "../../facts/answers.ts";
import { absentEndpoint } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const endpointGone = defineRule({
  meta: {
    id: "lifecycle/gone",
    revision: 1,
    title: "The endpoint is there",
    failureTitle: "The endpoint is gone, and the provider says that it stays so",
    rationale:
      "410 is no mistake: somebody removed the endpoint. Providers send it for some hours as well, weeks before the end, so that those notice who read no announcement; it is believed when it is seen twice.",
    remediation: {
      verb: "move",
      alone: true,
      effort: "high",
      text: "Find out which of your services still call it and move them to the successor. Where it answers again tomorrow, it was a trial outage: the end is near.",
    },
    severity: "high",
    likelihood: 5,
    citations: [{ id: "RFC 9110 15.5.11", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11" }],
    cwe: ["CWE-1104"],
    owasp: ["API9:2023"],
    controls: ["PCI-DSS 12.8.4", "ISO27001 A.5.22", "NIST-CSF GV.SC-07"],
    confirm: 2,
  },
  needs: ["http-response"],
  outcomes: {
    there: { verdict: "pass", message: () => "The endpoint answers." },
    gone: { verdict: "fail", message: () => "The endpoint answers with 410: it is gone for good." },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) =>
    overAnswers(input, { outcome: "there", pointer: "/status", summary: "not 410" }, ({ status }, { expect }) =>
      status === GONE && expect.status !== GONE ? { outcome: "gone", pointer: "/status", summary: "status 410" } : undefined,
    ),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "no-endpoint"),
});

const GONE = 410;
