import type { HttpQueryCredentialEvidence } from "../../../evidence/kinds.ts";
import { type Answer, answerEach } from "../../facts/aggregate.ts";
import { credentialLocation } from "../../facts/credential.ts";
import { defineRule } from "../rule.ts";

export const queryCredentialAccepted = defineRule({
  meta: {
    id: "auth/query-credential-accepted",
    revision: 2,
    title: "Credentials in the query are not looked at",
    failureTitle: "The API also takes credentials from the query",
    rationale:
      "URLs end in access logs, proxies, traces and error reports. As long as the API takes keys from there, one snippet of somebody's documentation in our code is enough to put ours there, and nothing will complain.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Search our own code and configuration for the parameter and refuse it in review, scrub it from logs, and ask the provider to switch it off for our account.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "RFC 6750 5.3", url: "https://www.rfc-editor.org/rfc/rfc6750#section-5.3" },
      { id: "RFC 9728 2", url: "https://www.rfc-editor.org/rfc/rfc9728#section-2" },
      { id: "ASVS 5.0 14.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-598"],
    owasp: ["API2:2023", "API8:2023"],
    controls: ["ISO27001 A.8.12", "ISO27001 A.8.15", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["http-query-credential"],
  outcomes: {
    "not-read": { verdict: "pass", message: ({ tried }) => `None of these parameters is taken for a credential: ${tried}.` },
    read: {
      verdict: "fail",
      message: ({ read }) => `The refusal changes when the query has ${read}, and not when it has a parameter that nobody knows.`,
    },
    "own-place": { verdict: "not-applicable", message: () => "Our credential travels in the query by declaration." },
    "no-credential": { verdict: "not-applicable", message: () => "No credential is declared." },
  },
  applies: ({ integration }) => {
    const { scheme } = integration.auth;
    if (scheme === undefined || scheme === "none") return "no-credential";
    return credentialLocation(integration) === "query" ? "own-place" : undefined;
  },
  evaluate: ({ observations }) => answerEach("", observations["http-query-credential"], answerFor),
});

function answerFor({ state, interference, tried, read }: HttpQueryCredentialEvidence): Answer<"not-read" | "read"> {
  const at = { pointer: "/state", summary: `${state}, tried: ${tried.join(", ")}` };
  if (interference !== undefined) return { outcome: "unobserved", reason: interference, ...at };
  if (state !== "compared" || tried.length === 0) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  if (read.length > 0) return { outcome: "read", confidence: 0.9, data: { read: read.join(", ") }, ...at, pointer: "/read" };
  return { outcome: "not-read", data: { tried: tried.join(", ") }, ...at };
}
