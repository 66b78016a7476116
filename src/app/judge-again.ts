import { judge } from "../judge/rules/engine.ts";
import type { Rule } from "../judge/rules/rule.ts";
import { questionOf, type VerdictRecord } from "../model/finding.ts";
import type { JudgeableAudit, RunHead } from "../model/history-store.ts";
import type { Instant } from "../model/instant.ts";
import type { Integration, Policy } from "../model/integration.ts";
import {
  type AgainCounts,
  type AgainDifference,
  addCounts,
  NOTHING_JUDGED,
  type Said,
  saysTheSame,
  sideSaid,
} from "../model/judged-again.ts";
import { type JudgedResult, RULE_FAMILIES } from "../model/rule.ts";
import type { RuleBook } from "./rule-book.ts";
import type { EvidenceThen } from "./stored-evidence.ts";

/** Revision of every rule that a run knew, by id. */
export type Manifest = Readonly<Record<string, unknown>>;

export function manifestOf({ ruleset }: Pick<RunHead, "ruleset">): Manifest {
  try {
    const manifest: unknown = JSON.parse(ruleset.manifest);
    return typeof manifest === "object" && manifest !== null ? { ...manifest } : {};
  } catch {
    return {};
  }
}

export interface Retrial {
  readonly audit: JudgeableAudit;
  readonly evidence: EvidenceThen;
  readonly integration: Integration;
  readonly policy: Policy;
  readonly asOf: Instant;
  readonly rules: readonly Rule[];
}

/**
 * What these rules say of the evidence of an audit. What failed or was not known then is asked again, listed by its rule or not. What was
 * well is not: of a place in which something fails now, its rule does not say as well that nothing does.
 */
export function judgeAgain({ audit, evidence, integration, policy, asOf, rules }: Retrial): readonly JudgedResult[] {
  const known = audit.verdicts.filter((verdict) => verdict.verdict === "fail" || isUnknown(verdict));
  const bundle = { integration, observations: evidence.observations, asOf };
  return judge(bundle, { policy, families: RULE_FAMILIES, known, hashOf: evidence.hashOf, rules });
}

/**
 * The rules that the audit would have asked if it had had them: those of the families that it judged, and of families that it did not know.
 * `policy` is the one of then: a family of which everything was switched off was not left out by --only.
 */
export function askedRules(
  rules: readonly Rule[],
  verdicts: readonly VerdictRecord[],
  manifest: Manifest,
  policy: Policy,
): readonly Rule[] {
  const judged = new Set(verdicts.map(({ rule }) => familyOf(rule)));
  const offered = new Set(
    Object.keys(manifest)
      .filter((rule) => policy.rules[rule]?.off !== true)
      .map(familyOf),
  );
  return rules.filter(({ meta }) => judged.has(familyOf(meta.id)) || !offered.has(familyOf(meta.id)));
}

export interface Compared {
  readonly counts: AgainCounts;
  /** What is said differently, and what cannot be said any more. */
  readonly differences: readonly AgainDifference[];
}

/** What was said then against what is said now. A question that was not asked then counts where it fails now, or could not be told. */
export function compareSaid(audit: JudgeableAudit, results: readonly JudgedResult[], manifest: Manifest, book: RuleBook): Compared {
  const then = new Map(audit.verdicts.map((verdict) => [questionOf(verdict), verdict]));
  const now = new Set(results.map(questionOf));
  const dropped = audit.verdicts.filter((verdict) => verdict.verdict === "fail" && !now.has(questionOf(verdict)));
  const pairs = [
    ...results.map((after) => ({ before: then.get(questionOf(after)), after, rule: after.rule, subject: after.subject })),
    ...dropped.map((before) => ({ before, after: undefined, rule: before.rule, subject: before.subject })),
  ];
  let counts = NOTHING_JUDGED;
  const differences: AgainDifference[] = [];
  for (const { before, after, rule, subject } of pairs) {
    const kind = kindOf(before, after);
    counts = addCounts(counts, { ...NOTHING_JUDGED, judged: 1, [kind]: 1 });
    if (kind === "equal") continue;
    const why = whyOf(rule, before, audit, manifest, book);
    differences.push({ integration: audit.integrationId, rule, subject, before: sideSaid(before), after: sideSaid(after), why });
  }
  return { counts, differences };
}

/** Whether what differs is the rules' doing, or that of the tool which read the evidence and carried the rules out. */
export function whyOf(
  rule: string,
  before: VerdictRecord | undefined,
  { verdicts }: Pick<JudgeableAudit, "verdicts">,
  manifest: Manifest,
  book: RuleBook,
): "rules" | "tool" {
  const today = book.rules.find(({ meta }) => meta.id === rule);
  if (today === undefined || manifest[rule] !== today.meta.revision) return "rules";
  const sibling = before ?? verdicts.find((verdict) => verdict.rule === rule);
  return sibling === undefined || sibling.causes.rules !== book.knowledgeHash(rule) ? "rules" : "tool";
}

export function isUnknown({ verdict }: Pick<Said, "verdict">): boolean {
  return verdict === "unobserved" || verdict === "error";
}

function kindOf(before: VerdictRecord | undefined, after: JudgedResult | undefined): "equal" | "different" | "unobserved" {
  if (after === undefined) return "different";
  if (before !== undefined && saysTheSame(before, after)) return "equal";
  if (isUnknown(after)) return "unobserved";
  return before === undefined && after.verdict !== "fail" ? "equal" : "different";
}

function familyOf(rule: string): string {
  return rule.slice(0, rule.indexOf("/"));
}
