import { ABOUT_POSTURE, overNotFound, whereNobodyDeclared } from "../../facts/posture.ts";
import { defineRule } from "../rule.ts";

export const errorPathFails = defineRule({
  meta: {
    id: "header/error-path-fails",
    revision: 1,
    title: "A path that is nobody's is answered in order",
    failureTitle: "A path that is nobody's makes the API fail",
    rationale:
      "A server error for a path that does not exist says that the way to an error is not looked after: what comes there in an emergency is anybody's guess.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Mention it to the provider; see that your client takes a 5xx of this API for what it is and does not repeat for ever.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "RFC 9110 15.6", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.6" }],
    cwe: ["CWE-755"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-not-found"],
  outcomes: {
    "in-order": { verdict: "pass", message: () => "The path is refused in order." },
    fails: { verdict: "fail", message: ({ status }) => `A path that is nobody's is answered with ${status}.` },
    ...ABOUT_POSTURE,
  },
  applies: whereNobodyDeclared,
  evaluate: (input) =>
    overNotFound(input, { outcome: "in-order", pointer: "/status", summary: "refused in order" }, ({ evidence: { status } }) =>
      OWN_FAILURES.includes(status) ? { outcome: "fails", data: { status }, pointer: "/status", summary: `status ${status}` } : undefined,
    ),
});

/** Of the program itself: 502 to 504 are of a gateway, and say that nobody is behind it. */
const OWN_FAILURES: readonly number[] = [500, 501];
