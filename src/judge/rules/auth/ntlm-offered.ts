import { ABOUT_CHALLENGES, eachChallenge, goneEndpoint, isScheme, REST_UNREAD } from "../../facts/challenges.ts";
import { defineRule } from "../rule.ts";

export const ntlmOffered = defineRule({
  meta: {
    id: "auth/ntlm-offered",
    revision: 1,
    title: "NTLM is not taken",
    failureTitle: "The endpoint takes NTLM",
    rationale:
      "What a client answers to an NTLM challenge can be relayed to another server, and passwords are tried against it offline. Microsoft deprecated it in 2024. It authenticates the connection, not the request, which proxies share.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "medium",
      text: "Use another scheme of this provider, and switch NTLM off in your HTTP client.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "RFC 4559 6", url: "https://www.rfc-editor.org/rfc/rfc4559#section-6" }],
    cwe: ["CWE-294"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["http-unauthenticated"],
  sees: ["http-response"],
  // What was stored before had lost what could not be read.
  since: { "http-unauthenticated": 2, "http-response": 2 },
  outcomes: {
    "not-offered": { verdict: "pass", message: () => "NTLM is not among what is asked for." },
    ntlm: { verdict: "fail", message: () => "NTLM is asked for by name." },
    negotiate: {
      verdict: "fail",
      severity: "info",
      message: () => "Negotiate is asked for: Kerberos where it is set up, NTLM where it is not.",
    },
    ...ABOUT_CHALLENGES,
  },
  evaluate: (input) =>
    eachChallenge(input, ({ asked: { challenges, isWhole } }) => {
      const at = { pointer: "/headers", summary: `${challenges.length} challenges` };
      if (challenges.some((challenge) => isScheme(challenge, "ntlm"))) return { outcome: "ntlm", ...at };
      if (!isWhole) return REST_UNREAD;
      return { outcome: challenges.some((challenge) => isScheme(challenge, "negotiate")) ? "negotiate" : "not-offered", ...at };
    }),
  absent: goneEndpoint,
});
