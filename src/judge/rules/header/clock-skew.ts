import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const clockSkew = defineRule({
  meta: {
    id: "header/clock-skew",
    revision: 1,
    title: "The clock of the API is ours",
    failureTitle: "The clock of the API and ours differ",
    rationale:
      "Signed requests, tokens and every date in a header are held against a clock. One that is minutes off refuses good signatures and takes expired tokens.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider; allow for the difference where you sign requests. Look at your own clock first.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "RFC 9110 6.6.1", url: "https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1" }],
    cwe: ["CWE-367"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    right: { verdict: "pass", message: () => "The answer's date is that of our clock." },
    off: { verdict: "fail", message: ({ minutes, way }) => `The clock of the API is ${minutes} minutes ${way} ours.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "right", pointer: "/head", summary: "within five minutes" }, ({ head: { clockOffBy, undated } }) => {
      const at = { pointer: "/head", summary: "no date" };
      if (undated === true) return { outcome: "unobserved", reason: "evidence_missing", ...at };
      if (clockOffBy === undefined) return undefined;
      const minutes = Math.abs(Math.round(clockOffBy / 60));
      const way = clockOffBy > 0 ? "ahead of" : "behind";
      return {
        outcome: "off",
        confidence: 0.7,
        data: { minutes, way },
        pointer: "/head/clockOffBy",
        summary: `${minutes} minutes ${way} ours`,
      };
    }),
  absent: goneHead,
});
