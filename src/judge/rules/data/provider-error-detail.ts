import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import type { Endpoint, Integration } from "../../../model/integration.ts";
import { ABOUT_BODIES } from "../../facts/bodies.ts";
import { isDeclaredClass } from "../../facts/declared-fields.ts";
import {
  absentPlace,
  overPlaces,
  type PlaceQuestion,
  placedClasses,
  type SaidOfPlace,
  saidOfClass,
  unaskedClass,
} from "../../facts/fields.ts";
import { isSomebodyElse } from "../../facts/responses.ts";
import { defineRule, type RuleInput } from "../rule.ts";

export const providerErrorDetail = defineRule({
  meta: {
    id: "data/provider-error-detail",
    revision: 1,
    title: "Answers show nothing of how the provider's program failed",
    failureTitle: "An answer shows how the provider's program failed",
    rationale:
      "A message of a database says that input reaches it in a way that nobody thought of, which is how injections begin, in data that is ours as well. A stack names files, libraries and versions, and often values of other calls.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Send the provider's security contact the request and when it was sent, and try nothing yourself. Keep error bodies of this API out of pages and logs that others read.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "CWE-209", url: "https://cwe.mitre.org/data/definitions/209.html" },
      { id: "ASVS 5.0 16.5.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" },
    ],
    cwe: ["CWE-209", "CWE-89"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 6.2.4", "ISO27001 A.8.26", "NIST-CSF PR.PS-06"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    nothing: { verdict: "pass", message: () => "No message of a database and no stack was seen." },
    "database-error": {
      verdict: "fail",
      message: ({ endpoint, path }) => `The endpoint ${endpoint} shows an error of its database at ${path}.`,
    },
    stack: {
      verdict: "fail",
      severity: "low",
      message: ({ endpoint, path }) => `The endpoint ${endpoint} shows a stack of its program at ${path}.`,
    },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) => overPlaces(question(input)),
  absent: (subject, input) => absentPlace(subject, "no-endpoint", question(input)),
});

type Outcome = "nothing" | "database-error" | "stack" | "no-endpoint";

function question({ integration, observations }: RuleInput<"http-response">): PlaceQuestion<Outcome> {
  return {
    integration,
    observations: observations["http-response"],
    clean: "nothing",
    unasked: (answer, subject) => unaskedClass(answer, subject, integration),
    said: (answer, endpoint) => saidOf(answer, endpoint, integration),
  };
}

/** Of an answer of a server that failed as well: that is where such things stand. A field that is needed is not needed for that; an API of logs declares the class. */
function saidOf(answer: HttpResponseEvidence, endpoint: Endpoint, integration: Integration): readonly SaidOfPlace<Outcome>[] {
  if (isSomebodyElse(answer)) return [];
  return placedClasses(answer, integration).flatMap(({ fact, pointer }) => {
    const outcome = OUTCOMES[fact.class];
    if (outcome === undefined || fact.masked || fact.sample) return [];
    return isDeclaredClass(fact.class, endpoint, integration) ? [] : [saidOfClass(outcome, fact, pointer, endpoint)];
  });
}

const OUTCOMES: Readonly<Record<string, "database-error" | "stack">> = { sql_error: "database-error", stack_trace: "stack" };
