import { credentialLocation, secretTransport } from "../../facts/credential.ts";
import { defineRule } from "../rule.ts";

export const keyInQuery = defineRule({
  meta: {
    id: "auth/key-in-query",
    revision: 1,
    title: "The credential is not part of the URL",
    failureTitle: "The credential is part of the URL",
    rationale:
      "URLs are written into access logs, proxies, traces, error reports and browser histories on both sides, and the credential with them.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "medium",
      text: "Send the credential in a header where the provider reads it there (most do), rotate it afterwards, and keep query strings out of your own logs until then.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 9110 17.9", url: "https://www.rfc-editor.org/rfc/rfc9110#section-17.9" },
      { id: "RFC 6750 5.3", url: "https://www.rfc-editor.org/rfc/rfc6750#section-5.3" },
      { id: "ASVS 5.0 14.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-598"],
    owasp: ["API2:2023", "API8:2023"],
    controls: ["PCI-DSS 8.3.2", "ISO27001 A.5.17", "ISO27001 A.8.15", "NIST-CSF PR.AA-03"],
    confirm: 1,
    aliases: ["auth/key-in-path"],
  },
  needs: [],
  outcomes: {
    "outside-url": { verdict: "pass", message: ({ location }) => `The credential travels in the ${location}.` },
    "in-query": { verdict: "fail", message: () => "The credential travels in the query of every URL." },
    "in-path": { verdict: "fail", message: () => "The credential travels in the path of every URL." },
    "no-credential": { verdict: "not-applicable", message: () => "No credential is declared." },
  },
  applies: ({ integration }) => (["as-itself", "as-proof"].includes(secretTransport(integration) ?? "none") ? undefined : "no-credential"),
  evaluate: ({ integration }) => {
    const location = credentialLocation(integration);
    if (location === undefined) return [{ outcome: "unobserved", subject: "", reason: "evidence_missing" }];
    const outcome = location === "query" ? "in-query" : location === "path" ? "in-path" : "outside-url";
    return [{ outcome, subject: "", data: { location } }];
  },
});
