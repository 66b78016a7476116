import { isSecretClass } from "../../../catalog/data-classes.ts";
import type { ClassFact, HttpResponseEvidence } from "../../../evidence/kinds.ts";
import type { DataClass } from "../../../model/data-class.ts";
import type { Endpoint, Integration } from "../../../model/integration.ts";
import { isExpected } from "../../facts/declared-fields.ts";
import { absentField, overFields } from "../../facts/fields.ts";
import { defineRule, type RuleInput } from "../rule.ts";

export const secretInResponse = defineRule({
  meta: {
    id: "data/secret-in-response",
    revision: 3,
    title: "The endpoint sends no secrets",
    failureTitle: "The endpoint sends a secret",
    rationale:
      "Whoever reads the answer, its cache or its log can act as somebody else. The secret may be ours, another customer's or the provider's own; none of them belongs into an answer that is not there to hand it out.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "medium",
      text: "If the secret is yours, rotate it and purge logs and caches that hold answers of this endpoint. If it is not, tell the provider's security contact, and do not use or keep it.",
    },
    severity: "critical",
    likelihood: 3,
    citations: [
      { id: "OWASP API3:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/" },
      { id: "ASVS 5.0 14.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-201", "CWE-522"],
    owasp: ["API3:2023", "API8:2023"],
    controls: ["PCI-DSS 8.3.2", "ISO27001 A.5.17", "ISO27001 A.8.12", "NIST-CSF PR.DS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "no-secret": { verdict: "pass", message: () => "No secret was seen." },
    "lasting-secret": { verdict: "fail", message: sent },
    "passing-secret": { verdict: "fail", severity: "high", message: sent },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) => overFields(question(input)),
  absent: (subject, input) => absentField(subject, "no-endpoint", question(input)),
});

function question({ integration, observations }: RuleInput<"http-response">) {
  return {
    integration,
    observations: observations["http-response"],
    clean: "no-secret",
    judge: (fact: ClassFact, endpoint: Endpoint, { body }: HttpResponseEvidence) =>
      isExpected(fact, endpoint, integration, body.classes) ? undefined : outcomeFor(fact, integration),
  } as const;
}

function outcomeFor(fact: ClassFact, integration: Integration): "lasting-secret" | "passing-secret" | undefined {
  if (!isSecretClass(fact.class, integration) || fact.masked || fact.sample) return undefined;
  return PASSING.includes(fact.class) ? "passing-secret" : "lasting-secret";
}

/** Ends by itself, or is of no use alone. */
const PASSING: readonly DataClass[] = [
  "access_token",
  "refresh_token",
  "session_token",
  "jwt",
  "password_hash",
  "pin",
  "secret_url",
  "security_question",
];

function sent({ endpoint, path, class: dataClass, count }: Readonly<Record<string, unknown>>): string {
  return `The endpoint ${endpoint} sends ${dataClass} at ${path} (values in this answer: ${count}).`;
}
