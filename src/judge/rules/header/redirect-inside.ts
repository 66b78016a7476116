import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const redirectInside = defineRule({
  meta: {
    id: "header/redirect-inside",
    revision: 1,
    title: "No answer sends our clients into a network of ours",
    failureTitle: "An answer sends our clients to an address inside",
    rationale:
      "A client that follows it asks a machine of the network that it runs in: a service without a password, or the address from which clouds hand out credentials. What comes back may go on to the provider with the next call.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Do not follow redirects of this API automatically, and refuse loopback, private and link-local addresses after every look-up. Ask the provider how the Location came about.",
    },
    severity: "critical",
    likelihood: 3,
    citations: [
      { id: "OWASP API7:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa7-server-side-request-forgery/" },
      { id: "RFC 9110 15.4", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.4" },
    ],
    cwe: ["CWE-918"],
    owasp: ["API7:2023", "API10:2023"],
    controls: ["ISO27001 A.8.26", "ISO27001 A.8.22", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "not-inside": { verdict: "pass", message: () => "The call is answered, or leads to a public name." },
    inside: {
      verdict: "fail",
      message: () =>
        "The call is redirected to a loopback, private or link-local address, or to a name that only a network of its own has.",
    },
    "own-network": {
      verdict: "pass",
      message: () => "The API is one of our own network, and so is where the redirect leads.",
    },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "not-inside", pointer: "/status", summary: "not inside" }, ({ evidence: { redirect, status } }) => {
      if (redirect?.inside === undefined) return undefined;
      const at = { pointer: "/redirect", summary: `status ${status}` };
      const isOwn = redirect.sameOrigin || (redirect.inside === "private" && input.integration.network === "internal");
      return { outcome: isOwn ? "own-network" : "inside", ...at };
    }),
  absent: goneHead,
});
