import type { EvidenceKind, EvidenceMap } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach, atOrigin } from "./aggregate.ts";
import { absentOrigin, secureOrigins, subjectAt } from "./subjects.ts";

type OfIntegration = { readonly integration: Integration };

/** Outcomes of every question about the TLS of an origin. */
export const WITHOUT_TLS = {
  "no-tls": { verdict: "not-applicable", message: () => "No https URL is declared." },
  "not-declared": { verdict: "not-applicable", message: () => "This https URL is not declared any more." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** For `applies`. */
export function withoutTls({ integration }: OfIntegration): "no-tls" | undefined {
  return secureOrigins(integration).length === 0 ? "no-tls" : undefined;
}

/** One subject for each https origin, answered by each of its addresses. */
export function eachOrigin<K extends EvidenceKind, O extends string>(
  word: string,
  integration: Integration,
  observations: readonly Observation<K>[],
  answer: (evidence: EvidenceMap[K], observation: Observation<K>) => Answer<O>,
): readonly RuleResult<O>[] {
  return secureOrigins(integration).flatMap((origin) =>
    answerEach(subjectAt(word, origin, integration), atOrigin(observations, origin), answer),
  );
}

/** For `absent`. */
export function goneOrigin(subject: string, { integration }: OfIntegration): RuleResult<"not-declared"> {
  return absentOrigin(subject, secureOrigins(integration), integration, "not-declared");
}
