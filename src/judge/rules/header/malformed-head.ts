import type { WireOddity } from "../../../model/head-facts.ts";
import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const malformedHead = defineRule({
  meta: {
    id: "header/malformed-head",
    revision: 1,
    title: "The head of the answer is well-formed",
    failureTitle: "The head of the answer is malformed or abused",
    rationale:
      "Control characters in a header or a status line reach terminals and logs of whoever prints them; hundreds of fields, and fields of many kilobytes, are dropped by some clients and refused by others. Where two fields say where an answer ends, two clients may take the rest of it for another answer.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider which field it is. Where you log headers and reason phrases of this API, escape them.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9110 5.5", url: "https://www.rfc-editor.org/rfc/rfc9110#section-5.5" },
      { id: "RFC 9112 4", url: "https://www.rfc-editor.org/rfc/rfc9112#section-4" },
      { id: "RFC 9112 5.1", url: "https://www.rfc-editor.org/rfc/rfc9112#section-5.1" },
      { id: "RFC 9112 6.2", url: "https://www.rfc-editor.org/rfc/rfc9112#section-6.2" },
    ],
    cwe: ["CWE-150", "CWE-117", "CWE-444"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "well-formed": { verdict: "pass", message: () => "Nothing about the head is odd." },
    malformed: { verdict: "fail", message: ({ what }) => `The head of the answer has ${what}.` },
    unusual: { verdict: "fail", severity: "info", message: ({ what }) => `The head of the answer has ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "well-formed", pointer: "/head/wire", summary: "nothing odd" }, ({ head }) => {
      const { odd } = head.wire;
      if (odd.length === 0) return undefined;
      const what = odd.map((oddity) => WORDS[oddity]).join(", ");
      const outcome = odd.some((oddity) => MALFORMED.has(oddity)) ? "malformed" : "unusual";
      return { outcome, data: { what }, pointer: "/head/wire/odd", summary: odd.join(", ") };
    }),
  absent: goneHead,
});

const MALFORMED: ReadonlySet<WireOddity> = new Set([
  "control-in-value",
  "control-in-reason",
  "name-not-token",
  "many-fields",
  "length-and-coding",
  "invalid-status",
]);

const WORDS: Readonly<Record<WireOddity, string>> = {
  "many-fields": "more than 200 fields",
  "long-field": "a field above 4,096 octets",
  "control-in-value": "control characters in a field",
  "control-in-reason": "control characters in the status line",
  "not-utf8": "a field that is neither ASCII nor UTF-8",
  "name-not-token": "a field whose name is none",
  "stacked-codings": "content that is encoded more than once",
  "long-reason": "a status line with a long text",
  "length-and-coding": "both a Content-Length and a Transfer-Encoding",
  "invalid-status": "a status that HTTP does not know",
};
