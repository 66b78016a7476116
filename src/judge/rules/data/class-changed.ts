import type { ClassFact, HttpResponseEvidence } from "../../../evidence/kinds.ts";
import type { Instant } from "../../../model/instant.ts";
import type { Endpoint } from "../../../model/integration.ts";
import { arrivalNow, type DriftInput, overTime } from "../../facts/arrivals.ts";
import { isDeclaredClass, isDeclaredPath } from "../../facts/declared-fields.ts";
import { absentField, overFields } from "../../facts/fields.ts";
import { defineRule } from "../rule.ts";

export const classChanged = defineRule({
  meta: {
    id: "data/class-changed",
    revision: 1,
    title: "Fields hold the kind of data that they held before",
    failureTitle: "A field holds sensitive data where it held something else before",
    rationale:
      "A field that was harmless is handled as harmless: it is logged, cached, shown and used as a key. Where an identifier becomes an address, or a mask falls away, all of that becomes a leak on our side, without a line of our code being changed.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Ask the provider whether the change is meant. Until then drop or mask the field before it is stored or logged, and purge what was kept since. If it is as it should be, declare its path under expect.fields and its class under expect.classes.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "OWASP API3:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/" },
      { id: "PCI DSS 4.0.1 3.4", url: "https://www.pcisecuritystandards.org/document_library/" },
    ],
    cwe: ["CWE-213", "CWE-359"],
    owasp: ["API3:2023", "API10:2023"],
    controls: ["PCI-DSS 3.4.1", "ISO27001 A.8.11", "ISO27001 A.5.22", "NIST-CSF ID.AM-07"],
    confirm: 1,
  },
  needs: ["http-response", "response-history"],
  outcomes: {
    unchanged: { verdict: "pass", message: () => "Fields hold what they held before." },
    unmasked: {
      verdict: "fail",
      message: ({ endpoint, path, class: dataClass, count }) =>
        `The endpoint ${endpoint} sends ${dataClass} in the clear at ${path}, where it was masked before (values in this answer: ${count}).`,
    },
    "other-data": {
      verdict: "fail",
      severity: "medium",
      message: ({ endpoint, path, class: dataClass, count }) =>
        `The endpoint ${endpoint} sends ${dataClass} at ${path}, where something else stood before (values in this answer: ${count}).`,
    },
    "first-look": { verdict: "not-applicable", message: () => "There is no earlier answer to compare with." },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input, { asOf }) => overFields(question(input, asOf)),
  absent: (subject, input, { asOf }) => absentField(subject, "no-endpoint", question(input, asOf)),
});

type Outcome = "unchanged" | "unmasked" | "other-data" | "first-look" | "no-endpoint";

function question(input: DriftInput, asOf: Instant) {
  return {
    ...overTime(input, { everyPath: false }),
    clean: "unchanged" as Outcome,
    judge: (fact: ClassFact, endpoint: Endpoint, answer: HttpResponseEvidence): Outcome | undefined => {
      // Both what it is called and what it is were said.
      if (isDeclaredPath(fact.path, endpoint) && isDeclaredClass(fact.class, endpoint, input.integration)) return undefined;
      const how = arrivalNow(fact, endpoint, answer, input, asOf);
      if (how === "unmasked") return "unmasked";
      return how === "other-data" && (fact.share ?? 1) >= MOST ? "other-data" : undefined;
    },
  };
}

/** A text that names somebody now and then is no field of names. */
const MOST = 0.5;
