import type { DomainEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import { isPublicName } from "../../model/host-name.ts";
import type { Instant } from "../../model/instant.ts";
import type { Integration } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach, atOrigin } from "./aggregate.ts";
import { TOLD_FOR } from "./renewal.ts";
import { absentOrigin, declaredOrigins, subjectAt } from "./subjects.ts";

export interface DomainInput {
  readonly integration: Integration;
  readonly observations: { readonly domain: readonly Observation<"domain">[] };
}

/** Outcomes of every question about the name of a host. */
export const ABOUT_DOMAINS = {
  "no-public-name": { verdict: "not-applicable", message: () => "The host is an address, or a name of your own network." },
  "not-declared": { verdict: "not-applicable", message: () => "This URL is not declared any more." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** One subject for each origin, with TLS or without. */
export function eachDomain<O extends string>(
  word: string,
  { integration, observations }: DomainInput,
  answer: (evidence: DomainEvidence, observation: Observation<"domain">) => Answer<O>,
): readonly RuleResult<O | "no-public-name">[] {
  return declaredOrigins(integration).flatMap((origin): readonly RuleResult<O | "no-public-name">[] => {
    const subject = subjectAt(word, origin, integration);
    if (!isPublicName(hostOf(origin))) return [{ outcome: "no-public-name", subject }];
    return answerEach(subject, atOrigin(observations.domain, origin), answer);
  });
}

/** For `absent`. */
export function goneDomain(subject: string, { integration }: Pick<DomainInput, "integration">): RuleResult<"not-declared"> {
  return absentOrigin(subject, declaredOrigins(integration), integration, "not-declared");
}

/** Without brackets. */
export function hostOf(origin: string): string {
  return new URL(origin).hostname.replace(/^\[|\]$/g, "");
}

export type Turn<T> = { readonly state: "unchanged" | "settled" } | { readonly state: "changed"; readonly before: T };

/**
 * Whether what is there now took the place of something lately. What was there before anything else has not: it came back, or takes turns with
 * another one. A change is told for two weeks after it was seen: whoever looks at the findings once a week meets it.
 */
export function turnOf<T extends { readonly since: Instant }>(now: T, seen: readonly T[], asOf: Instant): Turn<T> {
  const before = seen.findLast(({ since }) => since < now.since);
  if (before === undefined) return { state: "unchanged" };
  return asOf - now.since > TOLD_FOR ? { state: "settled" } : { state: "changed", before };
}
