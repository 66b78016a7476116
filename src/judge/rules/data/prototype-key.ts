import { ABOUT_BODIES } from "../../facts/bodies.ts";
import { absentPlace, overPlaces } from "../../facts/fields.ts";
import { aboutHazards, HAZARDS_SINCE } from "../../facts/hazards.ts";
import { defineRule, type RuleInput } from "../rule.ts";

export const prototypeKey = defineRule({
  meta: {
    id: "data/prototype-key",
    revision: 1,
    title: "No key changes the prototype of objects that it is merged into",
    failureTitle: "A key changes the prototype of objects that it is merged into",
    rationale:
      "JavaScript that merges such an answer into an object of its own, key by key, changes every object of the process: defaults, checks of rights, what a template shows. No API has a use for these names.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Parse the answer with a schema that knows its keys, or drop __proto__, constructor and prototype before anything is merged; keep dynamic keys in a Map. Ask the provider who can choose keys there.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "CWE-1321", url: "https://cwe.mitre.org/data/definitions/1321.html" },
      { id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" },
    ],
    cwe: ["CWE-1321"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 6.2.4", "ISO27001 A.8.28", "NIST-CSF PR.PS-06"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HAZARDS_SINCE,
  outcomes: {
    none: { verdict: "pass", message: () => "No such key was seen." },
    "prototype-key": {
      verdict: "fail",
      message: ({ endpoint, path, count }) =>
        `The endpoint ${endpoint} sends the key ${path}, which changes the prototype of what it is merged into (in this answer: ${count}).`,
    },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) => overPlaces(question(input)),
  absent: (subject, input) => absentPlace(subject, "no-endpoint", question(input)),
});

type Outcome = "none" | "prototype-key" | "no-endpoint";

function question({ integration, observations }: RuleInput<"http-response">) {
  const about = { integration, observations: observations["http-response"], clean: "none" as Outcome };
  return aboutHazards<Outcome>(about, (kind) => (kind === "prototype-key" ? "prototype-key" : undefined));
}
