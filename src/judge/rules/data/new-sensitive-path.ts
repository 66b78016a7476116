import type { ClassFact, HttpResponseEvidence } from "../../../evidence/kinds.ts";
import type { Instant } from "../../../model/instant.ts";
import type { Endpoint } from "../../../model/integration.ts";
import { arrivalNow, type DriftInput, overTime } from "../../facts/arrivals.ts";
import { isDeclaredPath } from "../../facts/declared-fields.ts";
import { absentField, overFields } from "../../facts/fields.ts";
import { defineRule } from "../rule.ts";

export const newSensitivePath = defineRule({
  meta: {
    id: "data/new-sensitive-path",
    revision: 1,
    title: "Sensitive data comes where it always came",
    failureTitle: "Sensitive data comes in a field where it did not come before",
    rationale:
      "That an API may send addresses of people does not mean every field that it adds. What is new is not in the record of processing, not in the masks of logs and not in the deletion jobs, and nobody decided to take it.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Find out what the field is for. Leave it out of what you ask for, or drop it before you store or log it; if you need it, declare its path under expect.fields.",
    },
    severity: "medium",
    likelihood: 3,
    citations: [
      { id: "OWASP API3:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/" },
      { id: "GDPR 5(1)(c)", url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj" },
    ],
    cwe: ["CWE-213", "CWE-359"],
    owasp: ["API3:2023"],
    controls: ["PCI-DSS 3.2.1", "ISO27001 A.5.34", "ISO27001 A.5.22", "NIST-CSF ID.AM-07"],
    confirm: 1,
  },
  needs: ["http-response", "response-history"],
  outcomes: {
    "nothing-new": { verdict: "pass", message: () => "No field holds sensitive data that it did not hold before." },
    "new-field": {
      verdict: "fail",
      message: ({ endpoint, path, class: dataClass, count }) =>
        `The endpoint ${endpoint} sends ${dataClass} in a field that it did not send before, ${path} (values in this answer: ${count}).`,
    },
    "filled-now": {
      verdict: "fail",
      message: ({ endpoint, path, class: dataClass, count }) =>
        `The endpoint ${endpoint} sends ${dataClass} at ${path}, which was always empty before (values in this answer: ${count}).`,
    },
    "first-look": { verdict: "not-applicable", message: () => "There is no earlier answer to compare with." },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input, { asOf }) => overFields(question(input, asOf)),
  absent: (subject, input, { asOf }) => absentField(subject, "no-endpoint", question(input, asOf)),
});

type Outcome = "nothing-new" | "new-field" | "filled-now" | "first-look" | "no-endpoint";

function question(input: DriftInput, asOf: Instant) {
  return {
    ...overTime(input, { everyPath: true }),
    clean: "nothing-new" as Outcome,
    judge: (fact: ClassFact, endpoint: Endpoint, answer: HttpResponseEvidence): Outcome | undefined => {
      if (isDeclaredPath(fact.path, endpoint)) return undefined;
      const how = arrivalNow(fact, endpoint, answer, input, asOf);
      if (how === "new-field") return "new-field";
      return how === "filled" ? "filled-now" : undefined;
    },
  };
}
