import { type FindingRecord, questionOf } from "../model/finding.ts";
import type { AuditHead, HistoryStore } from "../model/history-store.ts";
import type { Policy } from "../model/integration.ts";
import { type AgainDifference, type Said, saysTheSame, sideSaid } from "../model/judged-again.ts";
import type { UnobservedReason } from "../model/reason.ts";
import type { JudgedResult } from "../model/rule.ts";
import { askedRules, isUnknown, judgeAgain, type Manifest, manifestOf, whyOf } from "./judge-again.ts";
import { type RuleBook, TODAYS_RULES } from "./rule-book.ts";
import { storedConfiguration } from "./stored-configuration.ts";
import { evidenceThen } from "./stored-evidence.ts";

export interface BacktestRequest {
  /** Only these rules, by id; none: all. */
  readonly rules: readonly string[];
  /** The policy to try; undefined: the one that each integration was judged by. */
  readonly policy?: Policy;
  /** Only these integrations, by uid; undefined: all that history knows. */
  readonly uids?: ReadonlySet<string>;
}

/** `drops`: the question is not asked any more, because its rule is gone or switched off. */
export const BACKTEST_KINDS = ["opens", "changes", "closes", "drops"] as const;
export type BacktestKind = (typeof BACKTEST_KINDS)[number];

export interface BacktestDifference extends AgainDifference {
  readonly kind: BacktestKind;
  readonly vantage: string;
}

export interface Backtest {
  /** Audits that were judged again: the newest of each integration and vantage that saw something. */
  readonly audits: number;
  readonly counts: Readonly<Record<BacktestKind | "unchanged" | "cannotTell", number>>;
  /** Why it cannot be told, by reason. */
  readonly cannotTell: Readonly<Partial<Record<UnobservedReason | "internal", number>>>;
  /** What would open is newly detected, and never a regression. */
  readonly differences: readonly BacktestDifference[];
  /** Integrations that could not be judged again, and why. */
  readonly problems: readonly { readonly integration: string; readonly problem: string }[];
}

/**
 * What these rules and this policy would open, close or change, if the next audit saw exactly what the newest one saw, at the same time of
 * day: no provider and no clock takes part. Nothing is written.
 */
export async function backtest(history: HistoryStore, request: BacktestRequest, book: RuleBook = TODAYS_RULES): Promise<Backtest> {
  const tally = new Tally();
  const open = await openFindings(history);
  const manifests = new Map<string, Manifest>();
  for (const head of await history.newestAudits()) {
    if (request.uids?.has(head.uid) === false) continue;
    if (!manifests.has(head.run)) manifests.set(head.run, await manifestOfRun(history, head.run));
    const problem = await testAudit(history, head, { request, book, open, manifest: manifests.get(head.run) ?? {}, tally });
    if (problem !== undefined) tally.problems.push({ integration: head.integrationId, problem });
  }
  return tally.result();
}

interface Trial {
  readonly request: BacktestRequest;
  readonly book: RuleBook;
  readonly open: ReadonlyMap<string, FindingRecord>;
  readonly manifest: Manifest;
  readonly tally: Tally;
}

/** Says why it could not be done, where it could not. */
async function testAudit(
  history: HistoryStore,
  head: AuditHead,
  { request, book, open, manifest, tally }: Trial,
): Promise<string | undefined> {
  const audit = await history.audit(head);
  const configuration = storedConfiguration((await history.configuration(head.configurationHash)) ?? "");
  if (audit === undefined) return "its newest audit is not there any more";
  if (!configuration.ok) return `its configuration cannot be read: ${configuration.error}`;
  const { integration, policy: policyThen } = configuration.value;
  const policy = request.policy ?? policyThen;
  const isAsked = (rule: string) => request.rules.length === 0 || request.rules.includes(rule);
  const rules = askedRules(book.rules, audit.verdicts, manifest, policyThen).filter(({ meta }) => isAsked(meta.id));
  const retrial = { audit, evidence: await evidenceThen(history, audit, book), integration, asOf: head.at, rules };
  const results = new Map(judgeAgain({ ...retrial, policy }).map((result) => [questionOf(result), result]));
  const byOldPolicy = request.policy === undefined ? results : resultsBy(judgeAgain({ ...retrial, policy: policyThen }));
  const then = new Map(audit.verdicts.filter(({ rule }) => isAsked(rule)).map((verdict) => [questionOf(verdict), verdict]));
  tally.audits += 1;
  for (const key of new Set([...results.keys(), ...then.keys()])) {
    const [verdict, after] = [then.get(key), results.get(key)];
    const asked = after ?? verdict;
    if (asked === undefined) continue;
    const { rule, subject } = asked;
    const before = stateBefore(verdict, open.get(`${head.uid}|${key}`));
    const why = isPolicy(after, byOldPolicy.get(key)) ? "config" : whyOf(rule, verdict, audit, manifest, book);
    const sides = { before: sideSaid(before), after: sideSaid(after) };
    tally.add(
      kindOf(before, verdict, after),
      { integration: head.integrationId, vantage: head.vantage, rule, subject, ...sides, why },
      after,
    );
  }
  return undefined;
}

/** Where the newest audit could not see, what history holds open is what an upgrade would act on. */
function stateBefore(verdict: Said | undefined, finding: FindingRecord | undefined): Said | undefined {
  if (finding === undefined || (verdict !== undefined && !isUnknown(verdict))) return verdict;
  return { verdict: "fail", outcome: finding.outcome, severity: finding.severity };
}

function kindOf(before: Said | undefined, verdict: Said | undefined, after: Said | undefined): BacktestKind | "unchanged" | "cannotTell" {
  const wasOpen = before?.verdict === "fail";
  if (after === undefined) return wasOpen ? "drops" : "unchanged";
  if (isUnknown(after)) return verdict !== undefined && saysTheSame(verdict, after) ? "unchanged" : "cannotTell";
  if (after.verdict !== "fail") return wasOpen ? "closes" : "unchanged";
  if (!wasOpen) return "opens";
  return before.severity === after.severity && before.outcome === after.outcome ? "unchanged" : "changes";
}

/** The rules alone would have said something else than rules and policy together. */
function isPolicy(after: JudgedResult | undefined, byOldPolicy: JudgedResult | undefined): boolean {
  if (after === undefined || byOldPolicy === undefined) return after !== byOldPolicy;
  return !saysTheSame(after, byOldPolicy);
}

function resultsBy(results: readonly JudgedResult[]): ReadonlyMap<string, JudgedResult> {
  return new Map(results.map((result) => [questionOf(result), result]));
}

/** By integration and question. */
async function openFindings(history: HistoryStore): Promise<ReadonlyMap<string, FindingRecord>> {
  const findings = await history.findings({ presence: ["open", "clearing"] });
  return new Map(findings.map((finding) => [`${finding.integrationUid}|${questionOf(finding)}`, finding]));
}

async function manifestOfRun(history: HistoryStore, ulid: string): Promise<Manifest> {
  const run = await history.run(ulid);
  return run === undefined ? {} : manifestOf(run);
}

class Tally {
  audits = 0;
  readonly problems: { readonly integration: string; readonly problem: string }[] = [];
  readonly #counts = { opens: 0, changes: 0, closes: 0, drops: 0, unchanged: 0, cannotTell: 0 };
  readonly #reasons: Partial<Record<UnobservedReason | "internal", number>> = {};
  readonly #differences: BacktestDifference[] = [];

  add(
    kind: BacktestKind | "unchanged" | "cannotTell",
    difference: Omit<BacktestDifference, "kind">,
    after: JudgedResult | undefined,
  ): void {
    this.#counts[kind] += 1;
    if (kind === "unchanged") return;
    if (kind !== "cannotTell") {
      this.#differences.push({ kind, ...difference });
      return;
    }
    const reason = after?.reason ?? "internal";
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
  }

  result(): Backtest {
    const byKind = (a: BacktestDifference, b: BacktestDifference) => BACKTEST_KINDS.indexOf(a.kind) - BACKTEST_KINDS.indexOf(b.kind);
    const { audits, problems } = this;
    return { audits, counts: this.#counts, cannotTell: this.#reasons, differences: this.#differences.sort(byKind), problems };
  }
}
