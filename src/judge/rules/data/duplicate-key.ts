import { ABOUT_BODIES, goneBody, listed, overBodies } from "../../facts/bodies.ts";
import { HAZARDS_SINCE } from "../../facts/hazards.ts";
import { defineRule } from "../rule.ts";

export const duplicateKey = defineRule({
  meta: {
    id: "data/duplicate-key",
    revision: 1,
    title: "No object has a key twice",
    failureTitle: "An object has a key twice",
    rationale:
      "Parsers differ in which of the values they keep. What one program checked is then not what the next one uses, and a value may pass unseen by whatever looks at answers on the way.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Show it to the provider. Until then let one parser read the answer, and hand on what it read instead of the text.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 8259 4", url: "https://www.rfc-editor.org/rfc/rfc8259#section-4" },
      { id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" },
    ],
    cwe: ["CWE-436"],
    owasp: ["API10:2023"],
    controls: ["ISO27001 A.8.28"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HAZARDS_SINCE,
  outcomes: {
    none: { verdict: "pass", message: () => "No key came twice." },
    "came-twice": {
      verdict: "fail",
      message: ({ endpoint, paths }) =>
        `The endpoint ${endpoint} sends objects with a key that comes twice, at ${listed(Array.isArray(paths) ? paths : [])}.`,
    },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) =>
    overBodies(input, "none", ({ body: { duplicateKeys, state } }, { id }) => {
      if (duplicateKeys === undefined && state === "classified") {
        return { outcome: "unobserved", reason: "not_requested", pointer: "/body", summary: "nobody looked" };
      }
      if (duplicateKeys === undefined || duplicateKeys.length === 0) return undefined;
      const at = { pointer: "/body/duplicateKeys", summary: `${duplicateKeys.length} places` };
      return {
        outcome: "came-twice",
        data: { endpoint: id, count: duplicateKeys.length, paths: duplicateKeys.slice(0, MOST_KEPT) },
        ...at,
      };
    }),
  absent: goneBody,
});

const MOST_KEPT = 50;
