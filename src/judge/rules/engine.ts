import { policyPacks } from "../../catalog/policies.ts";
import type { EvidenceBundle } from "../../evidence/bundle.ts";
import type { EvidenceKind } from "../../evidence/kinds.ts";
import { type Observation, observationKeyText } from "../../evidence/observation.ts";
import type { Policy, RulePolicy } from "../../model/integration.ts";
import type { EvidenceReference, JudgedResult, RuleFamily, Verdict } from "../../model/rule.ts";
import { lowerOf, SEVERITIES, type Severity, severityRank } from "../../model/severity.ts";
import { worstReason } from "../facts/aggregate.ts";
import { type VisibleEvidence, visibleEvidence } from "./evidence-age.ts";
import { RULES } from "./registry.ts";
import type { ResultEvidence, Rule, RuleContext, RuleInput, RuleResult } from "./rule.ts";

export interface JudgeOptions {
  readonly policy: Policy;
  readonly families: readonly RuleFamily[];
  /** Subjects that history knows to be open: each of them gets a verdict, listed by its rule or not. */
  readonly known: readonly { readonly rule: string; readonly subject: string }[];
  /** Content hash of an observation, for the references of a result. */
  readonly hashOf: (observation: Observation) => string;
  /** Other rules than the registry's, for tests. */
  readonly rules?: readonly Rule[];
}

/**
 * Every selected rule asked about a bundle: effective, applies, evaluate, in this order.
 * One result per rule and subject, sorted by them. A rule that throws gives an `error` and the others go on.
 */
export function judge(bundle: EvidenceBundle, options: JudgeOptions): readonly JudgedResult[] {
  const rules = (options.rules ?? RULES).filter((rule) => isSelected(rule, options));
  const packs = policyPacks(options.policy.packs);
  return rules.flatMap((rule) => judgeRule(rule, bundle, options, packs)).sort(byRuleAndSubject);
}

function isSelected(rule: Rule, { families, policy }: JudgeOptions): boolean {
  return families.includes(familyOf(rule)) && policy.rules[rule.meta.id]?.off !== true;
}

/** The word before the slash of its id. */
function familyOf(rule: Rule): RuleFamily {
  const known = familyOfRule.get(rule) ?? (rule.meta.id.split("/", 1)[0] as RuleFamily);
  familyOfRule.set(rule, known);
  return known;
}

const familyOfRule = new WeakMap<Rule, RuleFamily>();

function judgeRule(rule: Rule, bundle: EvidenceBundle, options: JudgeOptions, packs: RuleContext["packs"]): readonly JudgedResult[] {
  const known = options.known.filter((question) => question.rule === rule.meta.id).map((question) => question.subject);
  const evidence = visibleEvidence(rule, bundle);
  try {
    return merged(rule, resultsOf(rule, bundle, known, evidence, packs)).map((result) => judgedResult(rule, result, options, evidence));
  } catch {
    // Whatever it was, its text may come from outside: the rule's id has to be enough.
    return [...new Set(["", ...known])].map((subject) => errorOf(rule, subject));
  }
}

function resultsOf(
  rule: Rule,
  bundle: EvidenceBundle,
  known: readonly string[],
  evidence: VisibleEvidence,
  packs: RuleContext["packs"],
): readonly RuleResult[] {
  const input: RuleInput<EvidenceKind> = {
    integration: bundle.integration,
    observations: evidence.observations as unknown as RuleInput<EvidenceKind>["observations"],
  };
  const context: RuleContext = { asOf: bundle.asOf, packs };
  const inapplicable = isEffective(rule, bundle.asOf) ? rule.applies?.(input, context) : NOT_EFFECTIVE;
  if (inapplicable !== undefined) return [...new Set(["", ...known])].map((subject) => ({ outcome: inapplicable, subject }));
  const listed = rule.evaluate(input, context);
  const unlisted = known.filter((subject) => !listed.some((result) => result.subject === subject));
  return [...listed, ...unlisted.map((subject) => rule.absent?.(subject, input, context) ?? notSeen(subject, evidence))];
}

function isEffective({ meta }: Rule, asOf: number): boolean {
  if (meta.effectiveFrom === undefined && meta.effectiveUntil === undefined) return true;
  const day = new Date(asOf).toISOString().slice(0, 10);
  return day >= (meta.effectiveFrom ?? day) && day <= (meta.effectiveUntil ?? day);
}

function notSeen(subject: string, { anyTooOld }: Pick<VisibleEvidence, "anyTooOld">): RuleResult {
  return { outcome: "unobserved", subject, reason: anyTooOld ? "evidence_too_old" : "evidence_missing" };
}

/** At most one result per subject: the one that a reader must not miss, resting on the evidence of all. */
function merged(rule: Rule, results: readonly RuleResult[]): readonly RuleResult[] {
  if (results.length === 1) return [mergedResult(rule, results)];
  const bySubject = new Map<string, RuleResult[]>();
  for (const result of results) {
    const alike = bySubject.get(result.subject);
    if (alike === undefined) bySubject.set(result.subject, [result]);
    else alike.push(result);
  }
  return [...bySubject.values()].map((alike) => mergedResult(rule, alike));
}

function mergedResult(rule: Rule, alike: readonly RuleResult[]): RuleResult {
  const [only] = alike;
  if (alike.length === 1 && only !== undefined && (only.evidence?.length ?? 0) <= MAX_EVIDENCE) return only;
  const worstFirst = [...alike].sort((a, b) => rankOf(rule, b) - rankOf(rule, a));
  const evidence = worstFirst.flatMap((result) => result.evidence ?? []).slice(0, MAX_EVIDENCE);
  const reason = worstReason(worstFirst.flatMap((result) => result.reason ?? []));
  return { ...(worstFirst[0] ?? { outcome: "unobserved", subject: "" }), evidence, reason };
}

/** By verdict, and among failures by severity. */
function rankOf(rule: Rule, result: RuleResult): number {
  const verdict = verdictOf(rule, result);
  const severity = verdict === "fail" ? severityRank(ownSeverity(rule, result.outcome)) : 0;
  return MERGE_ORDER.indexOf(verdict) * SEVERITIES.length + severity;
}

function verdictOf(rule: Rule, { outcome }: RuleResult): Verdict {
  if (outcome === "unobserved") return "unobserved";
  if (outcome === NOT_EFFECTIVE) return "not-applicable";
  const definition = Object.hasOwn(rule.outcomes, outcome) ? rule.outcomes[outcome] : undefined;
  if (definition === undefined) throw new Error(`${rule.meta.id} has no outcome ${outcome}`);
  return definition.verdict;
}

function judgedResult(rule: Rule, result: RuleResult, options: JudgeOptions, { originalOf }: VisibleEvidence): JudgedResult {
  const { meta } = rule;
  const verdict = verdictOf(rule, result);
  const data = result.data ?? {};
  const base = {
    rule: meta.id,
    ruleRevision: meta.revision,
    subject: result.subject,
    verdict,
    outcome: result.outcome,
    confidence: result.confidence ?? 1,
    data,
    evidence: (result.evidence ?? []).map((evidence) => referenceOf(evidence, originalOf(evidence.observation), options)),
  };
  if (verdict === "unobserved") return { ...base, reason: result.reason ?? "evidence_missing" };
  if (verdict !== "fail") return base;
  const severity = severityOf(rule, result.outcome, options.policy.rules[meta.id]);
  const message = rule.outcomes[result.outcome]?.message(data) ?? "";
  return { ...base, severity, title: meta.failureTitle, message: cut(message, MAX_MESSAGE) };
}

/**
 * The user's word takes the place of the rule's ceiling: outcomes that reach it go where the user says, milder ones stay
 * milder, so that lowering a rule never raises one of its outcomes; but for the one that the rule is known by.
 */
function severityOf(rule: Rule, outcome: string, policy: RulePolicy | undefined): Severity {
  const own = ownSeverity(rule, outcome);
  if (policy === undefined || policy.off) return own;
  const isMeant = own === rule.meta.severity || rule.outcomes[outcome]?.usual === true;
  return isMeant ? policy.severity : lowerOf(own, policy.severity);
}

/** The outcome may say less than its rule, never more. */
function ownSeverity({ meta, outcomes }: Rule, outcome: string): Severity {
  return lowerOf(outcomes[outcome]?.severity ?? meta.severity, meta.severity);
}

function referenceOf(
  { pointer, summary }: Omit<ResultEvidence, "observation">,
  observation: Observation,
  { hashOf }: JudgeOptions,
): EvidenceReference {
  const key = observationKeyText(observation.key);
  return { kind: observation.kind, key, pointer, summary: cut(summary, MAX_SUMMARY), hash: hashOf(observation) };
}

function errorOf({ meta }: Rule, subject: string): JudgedResult {
  return { rule: meta.id, ruleRevision: meta.revision, subject, verdict: "error", outcome: "error", confidence: 1, data: {}, evidence: [] };
}

function byRuleAndSubject(a: JudgedResult, b: JudgedResult): number {
  if (a.rule !== b.rule) return a.rule < b.rule ? -1 : 1;
  return a.subject < b.subject ? -1 : 1;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3)}...`;
}

const NOT_EFFECTIVE = "not-effective";
/** From what may be dropped to what must be kept. */
const MERGE_ORDER: readonly Verdict[] = ["not-applicable", "pass", "unobserved", "error", "fail"];
/** Addresses and endpoints that one verdict names. */
const MAX_EVIDENCE = 16;
/** Paths of a hostile body may be thousands of characters long. */
const MAX_MESSAGE = 600;
const MAX_SUMMARY = 300;
