import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const conflictingFields = defineRule({
  meta: {
    id: "header/conflicting-fields",
    revision: 1,
    title: "Fields that may come once say one thing",
    failureTitle: "A header that may come once came with different values",
    rationale:
      "Clients disagree about which of two values counts: node keeps the first, others the last or both in one. What one client reads, a proxy or another client on the way does not, and nobody sees why.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Send the provider both values and ask which of its layers adds the second one; until then do not rely on the field.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9110 5.3", url: "https://www.rfc-editor.org/rfc/rfc9110#section-5.3" },
      { id: "CWE-444", url: "https://cwe.mitre.org/data/definitions/444.html" },
    ],
    cwe: ["CWE-444"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "said-once": { verdict: "pass", message: () => "No field that may come once came with two values." },
    conflicting: {
      verdict: "fail",
      message: ({ fields }) => `Different values came in fields that may come once: ${fields}.`,
    },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "said-once", pointer: "/head/wire", summary: "no conflicts" }, ({ head }) => {
      const { conflicting } = head.wire;
      if (conflicting.length === 0) return undefined;
      const fields = conflicting.join(", ");
      return { outcome: "conflicting", data: { fields }, pointer: "/head/wire/conflicting", summary: fields };
    }),
  absent: goneHead,
});
