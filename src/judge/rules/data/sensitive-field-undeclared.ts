import { dataClassFacts, isSecretClass } from "../../../catalog/data-classes.ts";
import type { ClassFact, HttpResponseEvidence } from "../../../evidence/kinds.ts";
import type { Endpoint, Integration } from "../../../model/integration.ts";
import { fewerFields, howFieldsAreAsked } from "../../facts/asking-for-less.ts";
import { isDisclosure, isErrorDetail, isExpected } from "../../facts/declared-fields.ts";
import { absentField, overFields } from "../../facts/fields.ts";
import { defineRule, type RuleInput } from "../rule.ts";

export const sensitiveFieldUndeclared = defineRule({
  meta: {
    id: "data/sensitive-field-undeclared",
    revision: 2,
    title: "The endpoint sends no sensitive data that was not declared",
    failureTitle: "The endpoint sends sensitive data that was not declared",
    rationale:
      "Data that nobody asked for is stored, logged and backed up all the same, outside of every record of processing and every deletion. It also shows that the provider filters late, or not at all.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "medium",
      text: "Ask for fewer fields where the API allows it and drop the rest before you store or log it. Where the field is needed, declare it under expect.fields or dataClasses, so that its protection is somebody's task.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "OWASP API3:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/" },
      { id: "GDPR 5(1)(c)", url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj" },
    ],
    cwe: ["CWE-213", "CWE-359"],
    owasp: ["API3:2023"],
    controls: ["PCI-DSS 3.2.1", "ISO27001 A.5.34", "ISO27001 A.8.11", "NIST-CSF ID.AM-07"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "nothing-undeclared": { verdict: "pass", message: () => "Everything sensitive that was seen is declared." },
    "undeclared-critical-data": { verdict: "fail", advice: fewerFields, message: sent },
    "undeclared-personal-data": { verdict: "fail", severity: "medium", advice: fewerFields, message: sent },
    "undeclared-internal-data": { verdict: "fail", severity: "low", advice: fewerFields, message: sent },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) => overFields(question(input)),
  absent: (subject, input) => absentField(subject, "no-endpoint", question(input)),
});

type Outcome = "nothing-undeclared" | "undeclared-critical-data" | "undeclared-personal-data" | "undeclared-internal-data" | "no-endpoint";

function question({ integration, observations }: RuleInput<"http-response">) {
  return {
    integration,
    observations: observations["http-response"],
    clean: "nothing-undeclared",
    judge: (fact: ClassFact, endpoint: Endpoint) => (isExpected(fact, endpoint, integration) ? undefined : outcomeFor(fact, integration)),
    more: (endpoint: Endpoint, { body }: HttpResponseEvidence) => ({ ...howFieldsAreAsked(endpoint, body) }),
  } as const;
}

/** Secrets, and what errors give away, have rules of their own. */
function outcomeFor(fact: ClassFact, integration: Integration): Outcome | undefined {
  if (!isDisclosure(fact, integration) || isSecretClass(fact.class, integration) || isErrorDetail(fact.class)) return undefined;
  const { impact } = dataClassFacts(fact.class, integration);
  if (impact >= 5) return "undeclared-critical-data";
  return impact === 4 ? "undeclared-personal-data" : "undeclared-internal-data";
}

function sent({ endpoint, path, class: dataClass, count }: Readonly<Record<string, unknown>>): string {
  return `The endpoint ${endpoint} sends ${dataClass} at ${path} (values in this answer: ${count}), and nobody declared it.`;
}
