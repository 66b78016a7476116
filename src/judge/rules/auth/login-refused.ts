import type { TokenResponseEvidence } from "../../../evidence/kinds.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_LOGINS, aboutLogin, withoutLogin } from "../../facts/token-responses.ts";
import { defineRule } from "../rule.ts";

export const loginRefused = defineRule({
  meta: {
    id: "auth/login-refused",
    revision: 1,
    title: "The authorisation server gives us a token",
    failureTitle: "The authorisation server gives us no token",
    rationale:
      "Without a token every call fails: the secret ended or was revoked, the client was closed, or it may not have what it asks for. If the audit logs in with a client of its own, your services may still be able to.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Log in by hand with the same client. Renew its secret where it ended, and correct auth.token (clientAuth, scopes) where it is refused for what it asks.",
    },
    severity: "high",
    likelihood: 3,
    citations: [{ id: "RFC 6749 5.2", url: "https://www.rfc-editor.org/rfc/rfc6749#section-5.2" }],
    cwe: ["CWE-613"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.5.17", "NIST-CSF PR.AA-01"],
    confirm: 1,
  },
  needs: ["token-response"],
  outcomes: {
    issued: { verdict: "pass", message: () => "A token was given." },
    "client-refused": { verdict: "fail", message: ({ error }) => `The client is refused (${error}).` },
    "request-refused": {
      verdict: "fail",
      severity: "medium",
      message: ({ error }) => `The client is known, but what it asks for is refused (${error}): the inventory may declare it wrongly.`,
    },
    ...ABOUT_LOGINS,
  },
  applies: withoutLogin,
  evaluate: (input) => aboutLogin(input, answerFor),
});

function answerFor({ issued, status, error }: TokenResponseEvidence): Answer<"issued" | "client-refused" | "request-refused"> {
  const at = { pointer: "/status", summary: `status ${status}` };
  if (issued && status >= 200 && status < 300) return { outcome: "issued", ...at };
  if (error === "other" || (error === undefined && status !== 401)) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  const data = { error: error ?? `status ${status}` };
  const isClient = error === undefined || error === "invalid_client" || error === "invalid_grant" || error === "unauthorized_client";
  return { outcome: isClient ? "client-refused" : "request-refused", data, ...at };
}
