import { registrableDomain } from "../../catalog/public-suffixes.ts";
import { rdapServer } from "../../catalog/rdap-servers.ts";
import type { RegistrationEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import { isPublicName } from "../../model/host-name.ts";
import type { Integration } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach, atOrigin } from "./aggregate.ts";
import { ABOUT_DOMAINS, hostOf } from "./domains.ts";
import { declaredOrigins, subjectAt } from "./subjects.ts";

interface RegistrationInput {
  readonly integration: Integration;
  readonly observations: { readonly registration: readonly Observation<"registration">[] };
}

/** Outcomes of every question about the registration of a domain. */
export const ABOUT_REGISTRATIONS = {
  "nobody-to-ask": { verdict: "not-applicable", message: () => "No registry is known to answer for domains with this ending (RDAP)." },
  "not-told": { verdict: "not-applicable", message: () => "The registry does not publish it for this domain." },
  ...ABOUT_DOMAINS,
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** Answers of every such question. */
export type Untold = "nobody-to-ask" | "not-told" | "no-public-name";

/** One subject for each origin: regions may have domains of their own. */
export function eachRegistration<O extends string>(
  { integration, observations }: RegistrationInput,
  answer: (evidence: RegistrationEvidence, observation: Observation<"registration">) => Answer<O>,
): readonly RuleResult<O | Untold>[] {
  return declaredOrigins(integration).flatMap((origin): readonly RuleResult<O | Untold>[] => {
    const subject = subjectAt("registration", origin, integration);
    const host = hostOf(origin);
    if (!isPublicName(host)) return [{ outcome: "no-public-name", subject }];
    const answers = atOrigin(observations.registration, origin);
    if (answers.length === 0 && !hasRegistry(host)) return [{ outcome: "nobody-to-ask", subject }];
    return answerEach(subject, answers, answer);
  });
}

/** Its ending first: the list of public suffixes takes long to load. */
function hasRegistry(host: string): boolean {
  return rdapServer(host) !== undefined && registrableDomain(host) !== undefined;
}
