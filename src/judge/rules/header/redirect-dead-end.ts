import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const redirectDeadEnd = defineRule({
  meta: {
    id: "header/redirect-dead-end",
    revision: 1,
    title: "Redirects lead somewhere",
    failureTitle: "A redirect leads nowhere",
    rationale:
      "A client that follows a redirect to the same URL asks until it gives up, and one that is given no place fails in a way that nobody planned for.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider; see that your client gives up after a few redirects and says so.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "RFC 9110 15.4", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.4" }],
    cwe: ["CWE-835"],
    owasp: ["API10:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "leads-on": { verdict: "pass", message: () => "The call is answered, or leads on." },
    loops: { verdict: "fail", message: () => "The call is redirected to the very URL that was asked." },
    nowhere: { verdict: "fail", message: () => "The call is redirected without a place that a client could go to." },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "leads-on", pointer: "/status", summary: "leads on" }, ({ head, evidence: { redirect, status } }) => {
      const at = { pointer: "/redirect", summary: `status ${status}` };
      if (head.redirectsToItself === true) return { outcome: "loops", ...at };
      // 300 offers a choice, which may stand in the content (RFC 9110 section 15.4.1).
      return redirect !== undefined && redirect.origin === undefined && status !== 300 ? { outcome: "nowhere", ...at } : undefined;
    }),
  absent: goneHead,
});
