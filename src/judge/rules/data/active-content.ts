import type { HazardKind } from "../../../evidence/kinds.ts";
import type { Endpoint } from "../../../model/integration.ts";
import { ABOUT_BODIES } from "../../facts/bodies.ts";
import { richTextFields } from "../../facts/declared-fields.ts";
import { absentPlace, overPlaces } from "../../facts/fields.ts";
import { aboutHazards, HAZARDS_SINCE } from "../../facts/hazards.ts";
import { defineRule, type RuleInput } from "../rule.ts";

export const activeContent = defineRule({
  meta: {
    id: "data/active-content",
    revision: 1,
    title: "Plain fields hold plain text",
    failureTitle: "A field holds text that acts on whoever shows it",
    rationale:
      "Somebody typed it into the provider's product, and the provider hands it on as it came. In our pages it runs as script, in our spreadsheets as a formula, in our templates and terminals as a command, with our users' rights: an answer of a trusted API is input like any other.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "medium",
      text: "Encode the value for the place where it is shown, and never put it into a template, a link or a spreadsheet as it is. If the field is there to hold markup, declare it under expect.richText and clean it with an allow list before it is shown.",
    },
    severity: "medium",
    likelihood: 3,
    citations: [
      { id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" },
      { id: "ASVS 5.0 1.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "CWE-1236", url: "https://cwe.mitre.org/data/definitions/1236.html" },
    ],
    cwe: ["CWE-79", "CWE-116", "CWE-1236", "CWE-1336"],
    owasp: ["API10:2023"],
    controls: ["PCI-DSS 6.2.4", "ISO27001 A.8.26", "ISO27001 A.8.28", "NIST-CSF PR.PS-06"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HAZARDS_SINCE,
  outcomes: {
    plain: { verdict: "pass", message: () => "Nothing was seen that acts on whoever shows it." },
    runs: { verdict: "fail", message: holds },
    misleads: { verdict: "fail", severity: "low", message: holds },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) => overPlaces(question(input)),
  absent: (subject, input) => absentPlace(subject, "no-endpoint", question(input)),
});

type Outcome = "plain" | "runs" | "misleads" | "no-endpoint";

function question({ integration, observations }: RuleInput<"http-response">) {
  const about = { integration, observations: observations["http-response"], clean: "plain" as Outcome };
  return aboutHazards<Outcome>(about, (kind, path, endpoint) => (isMeant(kind, path, endpoint) ? undefined : OUTCOMES[kind]));
}

/** Markup is at home in rich text; what changes the order in which text is read, or steers a terminal, is so nowhere. */
function isMeant(kind: HazardKind, path: string, endpoint: Endpoint): boolean {
  return kind !== "control-character" && kind !== "bidi-control" && richTextFields(endpoint).covers(path);
}

/** Keys that change prototypes are asked about by data/prototype-key. */
const OUTCOMES: Readonly<Partial<Record<HazardKind, "runs" | "misleads">>> = {
  script: "runs",
  "event-handler": "runs",
  "script-url": "runs",
  "data-url": "misleads",
  template: "misleads",
  formula: "misleads",
  "control-character": "misleads",
  "bidi-control": "misleads",
};

const WORDS: Readonly<Record<string, string>> = {
  script: "a script element",
  "event-handler": "an element with an event handler",
  "script-url": "a URL that runs script",
  "data-url": "a data: URL",
  template: "a template expression",
  formula: "what a spreadsheet takes for a formula",
  "control-character": "control characters",
  "bidi-control": "characters that change the order in which text is read",
};

function holds({ endpoint, path, kind, count }: Readonly<Record<string, unknown>>): string {
  return `The endpoint ${endpoint} sends ${WORDS[String(kind)]} at ${path} (values in this answer: ${count}).`;
}
