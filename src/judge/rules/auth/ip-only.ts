import { NOTHING_DECLARED } from "../../facts/auth-assessment.ts";
import { schemeOf } from "../../facts/auth-offers.ts";
import { defineRule } from "../rule.ts";

export const ipOnly = defineRule({
  meta: {
    id: "auth/ip-only",
    revision: 1,
    title: "More than our address tells the provider who we are",
    failureTitle: "Our address is all that tells the provider who we are",
    rationale:
      "Addresses of clouds and offices are shared with strangers and pass to others. Whoever gets to send from one is us, for everything that we may do.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for a key or a client certificate beside the list. Until then send from an address that is yours alone, and let nothing else out through it.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 13.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "OWASP API2:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/" },
    ],
    cwe: ["CWE-291"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.3.1", "ISO27001 A.5.17", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    "a-credential": { verdict: "pass", message: () => "A credential is declared." },
    "address-only": { verdict: "fail", message: () => "A list of addresses is declared, and no credential." },
    "no-authentication": { verdict: "not-applicable", message: () => "The API is declared to be open to everybody." },
    ...NOTHING_DECLARED,
  },
  evaluate: ({ integration }) => {
    const scheme = schemeOf(integration.auth);
    if (scheme === undefined) return [{ outcome: "nothing-declared", subject: "" }];
    if (scheme === "none") return [{ outcome: "no-authentication", subject: "" }];
    return [{ outcome: scheme === "ip-allow-list" ? "address-only" : "a-credential", subject: "" }];
  },
});
