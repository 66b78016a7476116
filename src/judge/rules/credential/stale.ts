import { isoDay } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ageInDays, credentialAge, rotationDays } from "../../facts/credential-age.ts";
import { ABOUT_CREDENTIALS, eachCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

export const stale = defineRule({
  meta: {
    id: "credential/stale",
    revision: 1,
    title: "The credential is changed in time",
    failureTitle: "The credential is older than it should get",
    rationale:
      "The longer a secret lives, the more copies of it there are: in backups, in logs, with people who left. Changing it makes all of them worthless, known or not.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "medium",
      text: "Make a second credential, move the clients over, then retire the first one. Where only one may live at a time, plan a minute of failures.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "CIS AWS Foundations 1.14", url: "https://www.cisecurity.org/benchmark/amazon_web_services" },
      { id: "ASVS 5.0 13.3.4", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-324"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.3", "ISO27001 A.5.17"],
    confirm: 1,
    aliases: ["cred/stale"],
  },
  needs: ["credential"],
  sees: ["http-response"],
  outcomes: {
    young: { verdict: "pass", message: said },
    old: { verdict: "fail", severity: "low", message: said },
    "very-old": { verdict: "fail", message: said },
    password: { verdict: "not-applicable", message: () => "It is a person's password, which is not to be changed by the calendar." },
    ...ABOUT_CREDENTIALS,
  },
  applies: ({ integration }) =>
    withoutCredential({ integration }) ?? (integration.auth.attributes?.["storage"] === "password" ? "password" : undefined),
  evaluate: (input, { asOf }) =>
    eachCredential(input, (credential): Answer<"young" | "old" | "very-old"> => {
      const age = credentialAge(credential, input.integration, input.observations["http-response"]);
      const limit = rotationDays(input.integration);
      if (age === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: credential.at, summary: "age unknown" };
      const since = isoDay(age.since);
      const at = {
        pointer: age.pointer,
        summary: `${age.as === "exact" ? "" : "at least "}since ${since}`,
        data: { since, limit, as: age.as },
      };
      const days = ageInDays(age, asOf);
      if (days > Math.max(limit, VERY_OLD)) return { outcome: "very-old", ...at };
      if (days > limit) return { outcome: "old", ...at };
      // Since we saw it first is no age: it may have been there for years.
      return age.as === "exact" ? { outcome: "young", ...at } : { outcome: "unobserved", reason: "evidence_missing", ...at };
    }),
});

function said({ since, limit, as }: Readonly<Record<string, unknown>>): string {
  return `${as === "exact" ? `It was made on ${since}` : `It has been there since ${since} at least`}, and is to be changed after ${limit} days.`;
}

const VERY_OLD = 365;
