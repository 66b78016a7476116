import { type Instant, isoDay } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ageInDays, credentialAge, rotationDays } from "../../facts/credential-age.ts";
import { ABOUT_CREDENTIALS, eachCredential, followsAnother, type OwnCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule, type RuleInput, type RuleResult } from "../rule.ts";

export const stale = defineRule({
  meta: {
    id: "credential/stale",
    revision: 3,
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
    replaced: {
      verdict: "pass",
      message: ({ since, limit }) =>
        `It was seen first on ${since}, in the place of another one, and is to be changed after ${limit} days.`,
    },
    old: { verdict: "fail", severity: "low", message: said },
    "very-old": { verdict: "fail", message: said },
    password: { verdict: "not-applicable", message: () => "It is a person's password, which is not to be changed by the calendar." },
    ...ABOUT_CREDENTIALS,
  },
  applies: ({ integration }) =>
    withoutCredential({ integration }) ?? (integration.auth.attributes?.["storage"] === "password" ? "password" : undefined),
  // How old one is that was seen first a while ago, nobody knows: credential/unknown-age says so, and a finding that is open stays as it is.
  evaluate: (input, { asOf }) => eachCredential(input, (credential) => answerFor(credential, input, asOf)).filter(isKnown),
});

type Outcome = "young" | "replaced" | "old" | "very-old";
type Input = RuleInput<"credential" | "http-response">;

function answerFor(credential: OwnCredential, { integration, observations }: Input, asOf: Instant): Answer<Outcome | "age-unknown"> {
  const age = credentialAge(credential, integration, observations["http-response"], asOf);
  const limit = rotationDays(integration);
  if (age === undefined) return { outcome: "age-unknown", pointer: credential.at, summary: "age unknown" };
  const since = isoDay(age.since);
  const at = {
    pointer: age.pointer,
    summary: `${age.as === "exact" ? "" : "at least "}since ${since}`,
    data: { since, limit, as: age.as },
  };
  const days = ageInDays(age, asOf);
  if (days > Math.max(limit, VERY_OLD)) return { outcome: "very-old", ...at };
  if (days > limit) return { outcome: "old", ...at };
  if (age.as === "exact") return { outcome: "young", ...at };
  // Since we saw it first is no age: it may have been there for years, unless we saw another one in its place before. Where the provider tells, and
  // did not tonight, that was another answer.
  const wasChanged = followsAnother(credential) && integration.auth.describedBy === undefined;
  return wasChanged ? { outcome: "replaced", confidence: 0.7, ...at } : { outcome: "age-unknown", ...at };
}

function isKnown(result: RuleResult<Outcome | "age-unknown">): result is RuleResult<Outcome> {
  return result.outcome !== "age-unknown";
}

function said({ since, limit, as }: Readonly<Record<string, unknown>>): string {
  return `${as === "exact" ? `It was made on ${since}` : `It has been there since ${since} at least`}, and is to be changed after ${limit} days.`;
}

const VERY_OLD = 365;
