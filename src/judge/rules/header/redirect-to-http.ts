import { ABOUT_HEADS, goneHead, HEADS_SINCE, overHeads, withoutEndpoints } from "../../facts/heads.ts";
import { defineRule } from "../rule.ts";

export const redirectToHttp = defineRule({
  meta: {
    id: "header/redirect-to-http",
    revision: 1,
    title: "No answer sends our clients from https to http",
    failureTitle: "An answer sends our clients from https to http",
    rationale:
      "A client that follows asks again in clear: whoever is on the way reads the call and what it takes along, and answers in the provider's place. With a credential of ours on the call, auth/redirect-off-origin asks the same, and what the client would take along.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Have the client stop at redirects (redirect: manual), or follow to https alone. Ask the provider how the Location came about: often a server behind a proxy does not know that it was asked over https.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "RFC 9110 15.4", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.4" },
      { id: "ASVS 5.0 12.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" },
    ],
    cwe: ["CWE-319", "CWE-757"],
    owasp: ["API10:2023"],
    controls: ["ISO27001 A.5.14", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "stays-encrypted": { verdict: "pass", message: () => "The call is answered, or leads on over https." },
    "to-http": {
      verdict: "fail",
      message: ({ to }) => `The call is redirected to ${to}, where everybody on the way reads and changes what is said.`,
    },
    "with-credential": { verdict: "not-applicable", message: () => "The call carries our credential: auth/redirect-off-origin asks." },
    "already-http": { verdict: "not-applicable", message: () => "The call itself goes over http." },
    "leads-inside": { verdict: "not-applicable", message: () => "The redirect leads inside: header/redirect-inside asks." },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overHeads(input, { outcome: "stays-encrypted", pointer: "/status", summary: "stays encrypted" }, ({ evidence }) => {
      const { redirect, request, credential, status } = evidence;
      if (redirect?.origin === undefined || redirect.toHttps) return undefined;
      const at = { pointer: "/redirect", summary: `status ${status} to ${redirect.origin}` };
      if (redirect.inside !== undefined) return { outcome: "leads-inside", ...at };
      if (request.origin.startsWith("http:")) return { outcome: "already-http", ...at };
      return credential.state === "sent"
        ? { outcome: "with-credential", ...at }
        : { outcome: "to-http", data: { to: redirect.origin }, ...at };
    }),
  absent: goneHead,
});
