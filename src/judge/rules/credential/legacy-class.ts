import { ABOUT_KNOWN_CREDENTIALS, eachKnownCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

export const legacyClass = defineRule({
  meta: {
    id: "credential/legacy-class",
    revision: 1,
    title: "The credential is of a class that the provider still recommends",
    failureTitle: "The provider has a better class of credential",
    rationale:
      "Providers make new classes because the old ones may do too much, live too long or cannot be told apart. The old ones are what ends first.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "medium",
      text: "Make one of the better class, move the clients over, and retire the old one.",
    },
    severity: "low",
    likelihood: 2,
    citations: [{ id: "ASVS 5.0 13.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" }],
    cwe: ["CWE-477"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.5.17"],
    confirm: 1,
    aliases: ["cred/legacy-class"],
  },
  needs: ["credential"],
  outcomes: {
    current: { verdict: "pass", message: ({ provider }) => `No better class of ${provider} is known.` },
    legacy: { verdict: "fail", message: ({ provider, better }) => `${provider} has something better: ${better}.` },
    ...ABOUT_KNOWN_CREDENTIALS,
  },
  applies: withoutCredential,
  evaluate: (input) =>
    eachKnownCredential(input, ({ at }, { provider, prefix, better }) => {
      const said = { pointer: `${at}/known`, summary: `${provider} ${prefix}` };
      if (better === undefined) return { outcome: "current" as const, data: { provider }, ...said };
      return { outcome: "legacy" as const, data: { provider, better }, ...said };
    }),
});
