import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_KNOWN_CREDENTIALS, eachKnownCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

type Outcome = "impersonal" | "personal" | "may-be-personal";

export const personalToken = defineRule({
  meta: {
    id: "credential/personal-token",
    revision: 2,
    title: "The credential is no person's",
    failureTitle: "The credential belongs to a person",
    rationale:
      "It may do what the person may do, and it ends when they leave: then the integration breaks, or somebody keeps an account alive for it.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "medium",
      text: "Use an app, a bot or a service account of the company's own, with the rights that the integration needs.",
    },
    severity: "medium",
    likelihood: 3,
    citations: [{ id: "ASVS 5.0 13.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" }],
    cwe: ["CWE-282"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.5.16", "PCI-DSS 8.6.1"],
    confirm: 1,
    aliases: ["cred/personal-token"],
  },
  needs: ["credential"],
  outcomes: {
    impersonal: { verdict: "pass", message: ({ provider }) => `Keys of its kind are no person's at ${provider}.` },
    personal: { verdict: "fail", message: ({ provider }) => `Keys of its kind belong to a person at ${provider}.` },
    "may-be-personal": {
      verdict: "fail",
      severity: "low",
      message: ({ provider, others }) => `Keys of its kind belong to a person at ${provider}, or to ${others}: its text does not tell.`,
    },
    ...ABOUT_KNOWN_CREDENTIALS,
  },
  applies: withoutCredential,
  evaluate: (input) =>
    eachKnownCredential(input, ({ at }, { provider, prefix, class: kind, orShared: others }): Answer<Outcome> => {
      const said = { pointer: `${at}/known`, summary: `${provider} ${prefix}` };
      if (kind !== "personal") return { outcome: "impersonal", data: { provider }, ...said };
      if (others !== undefined) return { outcome: "may-be-personal", confidence: 0.5, data: { provider, others }, ...said };
      return { outcome: "personal", data: { provider }, ...said };
    }),
});
