import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const requestEchoed = defineRule({
  meta: {
    id: "header/request-echoed",
    revision: 1,
    title: "No header sends back what came with the request",
    failureTitle: "A header sends back what came with the request",
    rationale:
      "A field of requests in an answer is written by a service that echoes, or by a proxy that writes to the wrong side. What clients and proxies on the way add to a request then stands in answers, in caches and in logs.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider which field it is. Where it is the address that you call from, keep it out of logs that others read.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9110 10.1", url: "https://www.rfc-editor.org/rfc/rfc9110#section-10.1" },
      { id: "RFC 7239 8.3", url: "https://www.rfc-editor.org/rfc/rfc7239#section-8.3" },
    ],
    cwe: ["CWE-200"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.9", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "not-echoed": { verdict: "pass", message: () => "No header sends back what came with the request." },
    echoed: { verdict: "fail", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    "our-address": { verdict: "fail", severity: "info", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overLeaks(input, { kinds: ["request-field", "own-address"], clean: "not-echoed", answer: (worst) => OUTCOMES[worst] }),
  absent: (subject, input) => absentLeak(subject, input, "not-echoed"),
});

const OUTCOMES = {
  "request-field": "echoed",
  "own-address": "our-address",
} as const;
