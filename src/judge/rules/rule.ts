import type { PolicyPack } from "../../catalog/policies.ts";
import type { EvidenceKind } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Instant } from "../../model/instant.ts";
import type { Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { Remediation, RuleMeta } from "../../model/rule.ts";
import type { Severity } from "../../model/severity.ts";

/**
 * A rule: one question, one file. It sees the evidence it declared and nothing else, and answers with named outcomes.
 * `K` is the evidence it needs or sees, `O` its closed list of outcomes (kebab-case). The outcome "unobserved" exists in every rule
 * and is not declared.
 */
export interface Rule<K extends EvidenceKind = EvidenceKind, O extends string = string> {
  readonly meta: RuleMeta;
  readonly needs: readonly K[];
  /** Evidence that it takes in where it is there, and that nobody is asked for on its account. */
  readonly sees?: readonly K[];
  /**
   * The oldest version of a kind that this can be answered from, where that is not 1: what an upcaster could not know stays unknown.
   * The engine answers unobserved(evidence_too_old) in the place of older evidence.
   */
  readonly since?: Readonly<Partial<Record<NoInfer<K>, number>>>;
  readonly outcomes: Readonly<Record<O, OutcomeDefinition>>;
  /** The name of a not-applicable outcome where the question makes no sense, undefined where it does. */
  readonly applies?: (input: RuleInput<K>, context: RuleContext) => NoInfer<O> | undefined;
  readonly evaluate: (input: RuleInput<K>, context: RuleContext) => readonly RuleResult<NoInfer<O>>[];
  /**
   * What to say of a subject that was open before and that `evaluate` did not list this time.
   * A pass needs the proof that its place was looked at; the engine says unobserved where this is missing.
   */
  readonly absent?: (subject: string, input: RuleInput<K>, context: RuleContext) => RuleResult<NoInfer<O>>;
}

export interface OutcomeDefinition {
  readonly verdict: "pass" | "fail" | "not-applicable";
  /** At most the rule's severity, which is also the default. Only for `fail`. */
  readonly severity?: Severity;
  /**
   * It is what this rule says as a rule, and a worse outcome is the exception: a severity that the user chose is meant for it, be it higher than
   * its own. Only for `fail`.
   */
  readonly usual?: true;
  /** What can be done where that is not what the rule says. Only for `fail`. */
  readonly remediation?: Remediation;
  /** How to do it here, where the result's data tell: said before the text of the remediation. Only for `fail`. */
  readonly advice?: (data: Readonly<Record<string, unknown>>) => string | undefined;
  /** One sentence for the reader of a finding, filled from the result's data. */
  readonly message: (data: Readonly<Record<string, unknown>>) => string;
}

export interface RuleInput<K extends EvidenceKind> {
  readonly integration: Integration;
  readonly observations: { readonly [Kind in K]: readonly Observation<Kind>[] };
}

export interface RuleContext {
  readonly asOf: Instant;
  /** Policy packs that the user chose. */
  readonly packs: readonly PolicyPack[];
}

export interface RuleResult<O extends string = string> {
  readonly outcome: O | "unobserved";
  readonly subject: string;
  /** JSON values only, never a response value. Feeds the message and the report. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  /** With the outcome "unobserved". */
  readonly reason?: UnobservedReason | undefined;
  /** 0..1, 1 when left out. */
  readonly confidence?: number | undefined;
  readonly evidence?: readonly ResultEvidence[];
}

export interface ResultEvidence {
  readonly observation: Observation;
  readonly pointer: string;
  readonly summary: string;
}

/** Checks a rule's types and forgets its parameters, so that all rules fit into one registry. */
export function defineRule<const K extends EvidenceKind, const O extends string>(rule: Rule<K, O>): Rule {
  return rule as unknown as Rule;
}
