import { ABOUT_POSTURE, overCors, whereNobodyDeclared } from "../../facts/posture.ts";
import { defineRule } from "../rule.ts";

export const unsafeMethods = defineRule({
  meta: {
    id: "header/unsafe-methods",
    revision: 1,
    title: "No method is offered that no API needs",
    failureTitle: "Methods are offered that no API needs",
    rationale:
      "TRACE and TRACK send back what a client sent, its credential included; CONNECT makes a tunnel of the server; DEBUG and PROPFIND belong to tools. Lists of methods are often wrong, which is why this is a hint.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider whether the methods are on; if they are not, the list should not say so.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "ASVS 5.0 13.4.4", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "RFC 9110 9.3.8", url: "https://www.rfc-editor.org/rfc/rfc9110#section-9.3.8" },
    ],
    cwe: ["CWE-650"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-preflight", "http-not-found"],
  outcomes: {
    none: { verdict: "pass", message: () => "No such method is offered." },
    offered: { verdict: "fail", message: ({ methods }) => `The server says that it takes ${methods}.` },
    ...ABOUT_POSTURE,
  },
  applies: whereNobodyDeclared,
  evaluate: (input) =>
    overCors(input, { outcome: "none", pointer: "/cors/unsafeMethods", summary: "none" }, ({ cors: { unsafeMethods: methods } }) => {
      const at = { pointer: "/cors/unsafeMethods", summary: methods.join(", ") };
      return methods.length === 0 ? undefined : { outcome: "offered", confidence: 0.6, data: { methods: methods.join(", ") }, ...at };
    }),
});
