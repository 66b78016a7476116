import { NOTHING_DECLARED } from "../../facts/auth-assessment.ts";
import { declaredAuth } from "../../facts/auth-declared.ts";
import { completedAuth, providerOf } from "../../facts/auth-offers.ts";
import { defineRule } from "../rule.ts";

export const basicPassword = defineRule({
  meta: {
    id: "auth/basic-password",
    revision: 1,
    title: "No person's password is sent to the API",
    failureTitle: "A person's password is sent to the API with every request",
    rationale:
      "A password opens more than the API, can be guessed, is often used elsewhere, and stops the integration on the day on which its owner changes it or leaves.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "medium",
      text: "Have a key or an OAuth client issued for the integration, or at least a service account of its own with a random password; then change the person's password.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 7617 4", url: "https://www.rfc-editor.org/rfc/rfc7617#section-4" },
      { id: "ASVS 5.0 13.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-522", "CWE-262"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.1", "PCI-DSS 8.6.2", "ISO27001 A.5.17", "NIST-CSF PR.AA-01"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    "a-key": { verdict: "pass", message: () => "What Basic carries is a key, not a person's password." },
    "a-password": { verdict: "fail", message: () => "A person's password is declared as what Basic carries." },
    "another-scheme": { verdict: "not-applicable", message: () => "The scheme is not Basic." },
    ...NOTHING_DECLARED,
  },
  evaluate: ({ integration }) => {
    const { scheme } = integration.auth;
    if (scheme === undefined) return [{ outcome: "nothing-declared", subject: "" }];
    if (scheme !== "basic") return [{ outcome: "another-scheme", subject: "" }];
    const { storage } = declaredAuth(completedAuth(integration.auth, providerOf(integration)).auth);
    if (storage === undefined) return [{ outcome: "unobserved", subject: "", reason: "evidence_missing" }];
    return [{ outcome: storage === "password" ? "a-password" : "a-key", subject: "" }];
  },
});
