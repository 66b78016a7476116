import { DAY, isoDay } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { credentialAge, declaredInFuture, rotationDays } from "../../facts/credential-age.ts";
import { ABOUT_CREDENTIALS, eachCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

export const unknownAge = defineRule({
  meta: {
    id: "credential/unknown-age",
    revision: 3,
    title: "It is known how old the credential is",
    failureTitle: "Nobody knows how old the credential is",
    rationale:
      "A secret whose age is not known is changed by nobody, because nobody knows that it is due. We can only say since when we see the same one.",
    remediation: {
      verb: "move",
      alone: true,
      effort: "low",
      text: "Look up at the provider when it was made and write it into the inventory (auth.issuedAt), or change it now and write down today.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "ASVS 5.0 13.3.4", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" }],
    cwe: ["CWE-324"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.3", "ISO27001 A.5.17"],
    confirm: 1,
    aliases: ["cred/unknown-age"],
  },
  needs: ["credential"],
  sees: ["http-response"],
  outcomes: {
    known: { verdict: "pass", message: ({ since }) => `It was made on ${since}.` },
    "at-least": {
      verdict: "fail",
      message: ({ since, due }) =>
        `We have seen this one since ${since}; when it was made is not said anywhere. It is too old from ${due} on at the latest.`,
    },
    "in-future": {
      verdict: "fail",
      message: ({ declared }) =>
        `The inventory says that it is made on ${declared}, which is still to come (auth.issuedAt): that counts for nothing.`,
    },
    unknown: { verdict: "fail", message: () => "When it was made is not said anywhere, and there is no history of it." },
    ...ABOUT_CREDENTIALS,
  },
  applies: withoutCredential,
  evaluate: (input, { asOf }) =>
    eachCredential(input, (credential): Answer<"known" | "at-least" | "in-future" | "unknown"> => {
      const age = credentialAge(credential, input.integration, input.observations["http-response"], asOf);
      const declared = declaredInFuture(credential, input.integration, asOf);
      if (declared !== undefined && age?.as !== "exact") {
        return { outcome: "in-future", data: { declared: isoDay(declared) }, pointer: credential.at, summary: "still to come" };
      }
      const isBlind = credential.fingerprint === undefined && credential.seen !== undefined;
      if (age === undefined && isBlind) {
        return {
          outcome: "unobserved",
          reason: "evidence_missing",
          pointer: `${credential.at}/seen`,
          summary: "no fingerprint today",
        };
      }
      if (age === undefined) return { outcome: "unknown", pointer: credential.at, summary: "no history" };
      const since = isoDay(age.since);
      const at = { pointer: age.pointer, summary: age.source };
      if (age.as === "exact") return { outcome: "known", data: { since }, ...at };
      const due = isoDay(age.since + (rotationDays(input.integration) + 1) * DAY);
      return { outcome: "at-least", data: { since, due }, ...at };
    }),
});
