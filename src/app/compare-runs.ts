import { withDocumentsOf } from "../evidence/bundle.ts";
import { DECLARED_KINDS } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { type GateInput, gateVerdict } from "../judge/risk/gate.ts";
import { sha256Hex } from "../model/digest.ts";
import { type Change, questionOf, type VerdictRecord } from "../model/finding.ts";
import type { AuditHead, AuditRecord, HistoryStore, JudgeableAudit, RunRecord } from "../model/history-store.ts";
import type { FailOn, GateVerdict, ReportChange } from "../model/report.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { JudgedResult } from "../model/rule.ts";
import type { Severity } from "../model/severity.ts";
import { compareRuns } from "../remember/changes/compare-runs.ts";
import type { OldEvidence } from "../remember/changes/old-evidence.ts";
import { isPutAside, waiverAt } from "../remember/changes/waivers.ts";
import { judgeAgain, type Retrial } from "./judge-again.ts";
import { belowThisBase } from "./plan-posture.ts";
import { inParallel } from "./pool.ts";
import { reportChange } from "./report.ts";
import { type RuleBook, TODAYS_RULES } from "./rule-book.ts";
import { type StoredConfiguration, storedConfiguration } from "./stored-configuration.ts";
import { evidenceThen } from "./stored-evidence.ts";

export interface ComparedRuns {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly ReportChange[];
  /** Fingerprints of those that are waived or accepted. */
  readonly waived: readonly string[];
  /** Integrations that both runs saw. */
  readonly compared: number;
  /** The others, by id: of these nothing is said. */
  readonly notCompared: readonly NotCompared[];
  readonly gate: GateVerdict;
}

export interface NotCompared {
  /** Integration id. */
  readonly integration: string;
  readonly why: "only-in-earlier" | "only-in-later" | "not-kept" | "not-seen-in-earlier" | "not-seen-in-later";
}

export interface CompareRequest {
  /** Id, prefix, word or baseline. */
  readonly before: string;
  readonly after: string;
  readonly failOn: Exclude<FailOn, "open">;
  readonly severity: Severity;
}

export type CompareProblem =
  | { readonly kind: "unknown-run"; readonly run: string }
  | { readonly kind: "vantages-differ"; readonly message: string }
  | { readonly kind: "nothing-observed"; readonly run: string }
  | { readonly kind: "nothing-in-common" };

/**
 * Two runs of history, integration by integration. What only one of them audited is not a change. Where something changed, the evidence of
 * the earlier run is judged again under the configuration of the later one, so that only what the provider did is blamed on them. What
 * failed in the earlier one and has no verdict of its own in the later one (a field, a header: they are listed where they are) is asked of
 * the later one's evidence.
 */
export async function compareStoredRuns(
  history: HistoryStore,
  request: CompareRequest,
  book: RuleBook = TODAYS_RULES,
): Promise<Result<ComparedRuns, CompareProblem>> {
  const [earlier, later] = await Promise.all([history.run(request.before), history.run(request.after)]);
  if (earlier === undefined) return err({ kind: "unknown-run", run: request.before });
  if (later === undefined) return err({ kind: "unknown-run", run: request.after });
  if (earlier.vantage !== later.vantage) {
    const message = `These runs looked from different places (${earlier.vantage}, ${later.vantage}): a difference would say nothing about the providers.`;
    return err({ kind: "vantages-differ", message });
  }
  const blind = [earlier, later].find(({ observed }) => observed === 0);
  if (blind !== undefined) return err({ kind: "nothing-observed", run: blind.ulid });
  const { compared, notCompared } = overlapOf(
    { thinned: earlier.thinned === true, heads: await history.auditHeads(earlier.ulid) },
    { thinned: later.thinned === true, heads: await history.auditHeads(later.ulid) },
  );
  if (compared === 0) return err({ kind: "nothing-in-common" });
  const audits = await history.auditsThatDiffer(earlier.ulid, later.ulid);
  const changed = new Set(compareRuns(audits.before, audits.after).map(({ integration }) => integration));
  const earlierOnes = new Map(audits.before.map((audit) => [audit.uid, audit]));
  const touched = audits.after.filter(
    ({ uid, integrationId, verdicts }) =>
      changed.has(integrationId) || unansweredFailures(earlierOnes.get(uid)?.verdicts ?? [], verdicts).length > 0,
  );
  const known = await inParallel(touched, AT_ONCE, (audit) => pastOf(history, earlier, audit, book));
  const pasts = new Map(known.flatMap((past) => (past === undefined ? [] : [[past.uid, past] as const])));
  const after = touched.map((audit) => ({ ...audit, verdicts: [...audit.verdicts, ...(pasts.get(audit.uid)?.answers ?? [])] }));
  const changes = compareRuns(audits.before, after, (uid) => pasts.get(uid)?.evidence ?? CANNOT_TELL);
  const waived = await putAside(history, changes, pasts);
  const gate = gateVerdict({ ...request, findings: [], changes, waived, lapsed: new Set() });
  return ok({
    before: earlier.ulid,
    after: later.ulid,
    changes: changes.map(reportChange),
    waived: [...waived],
    compared,
    notCompared,
    gate,
  });
}

/** What history keeps of a run; retention may have taken some of its audits. */
interface KeptAudits {
  readonly thinned: boolean;
  readonly heads: readonly AuditHead[];
}

function overlapOf(earlier: KeptAudits, later: KeptAudits): Pick<ComparedRuns, "compared" | "notCompared"> {
  const [before, after] = [earlier, later].map(({ heads }) => new Map(heads.map((head) => [head.uid, head])));
  const all = [...new Map([...earlier.heads, ...later.heads].map((head) => [head.uid, head])).values()];
  const notCompared = all.flatMap(({ uid, integrationId }) => {
    const [old, young] = [before?.get(uid), after?.get(uid)];
    const taken = (old === undefined && earlier.thinned) || (young === undefined && later.thinned);
    const why = taken ? "not-kept" : whyNot(old, young);
    return why === undefined ? [] : [{ integration: integrationId, why }];
  });
  return { compared: all.length - notCompared.length, notCompared };
}

function whyNot(before: AuditHead | undefined, after: AuditHead | undefined): NotCompared["why"] | undefined {
  if (after === undefined) return "only-in-earlier";
  if (before === undefined) return "only-in-later";
  if (!isSeen(before)) return "not-seen-in-earlier";
  return isSeen(after) ? undefined : "not-seen-in-later";
}

function isSeen({ visibility }: AuditHead): boolean {
  return visibility === "observed" || visibility === "partial";
}

/** What stood before a change, and what was declared after it. */
interface Past {
  readonly uid: string;
  /** Integration id of the later audit. */
  readonly integration: string;
  readonly evidence: OldEvidence;
  /** What the later evidence says of the failures that have no verdict in the later run. */
  readonly answers: readonly VerdictRecord[];
  readonly configuration: StoredConfiguration;
  /** Time of the later audit. */
  readonly at: number;
}

/** Undefined where history cannot tell: a change of ours is then blamed before the provider. */
async function pastOf(history: HistoryStore, earlier: RunRecord, after: AuditRecord, book: RuleBook): Promise<Past | undefined> {
  const [head] = await history.auditHeads(after.run, after.uid);
  if (head === undefined) return undefined;
  const [old, young, stored] = await Promise.all([
    history.audit({ ...head, run: earlier.ulid }),
    history.audit(head),
    history.configuration(after.configurationHash),
  ]);
  const configuration = storedConfiguration(stored ?? "");
  if (old === undefined || young === undefined || !configuration.ok) return undefined;
  const unanswered = unansweredFailures(old.verdicts, young.verdicts);
  const declared: readonly string[] = [...DECLARED_KINDS];
  const answered = young.observations.filter(({ kind }) => kind === "http-response" || declared.includes(kind));
  const [then, now] = await Promise.all([
    evidenceThen(history, old, book),
    // What was asked is in the answers, and documents are declared; everything else is read only where something is asked of it.
    evidenceThen(history, unanswered.length === 0 ? { ...young, observations: answered } : young, book),
  ]);
  const evidence = {
    ...then,
    observations: withDocumentsOf(
      now.observations,
      belowThisBase(ofTheSameRequests(then.observations, now.observations), configuration.value.integration),
    ),
  };
  const asked = { ...old, verdicts: [...old.verdicts, ...young.verdicts] };
  const at = (asOf: number) => memoised(() => judgeAgain({ audit: asked, evidence, ...configuration.value, asOf, rules: book.rules }));
  return {
    uid: after.uid,
    evidence: { rejudge: at(old.at), rejudgeNow: at(after.at) },
    answers: answersTo(unanswered, young, {
      evidence: now,
      ...configuration.value,
      rules: book.rules,
    }),
    integration: after.integrationId,
    configuration: configuration.value,
    at: after.at,
  };
}

function unansweredFailures(before: readonly VerdictRecord[], after: readonly VerdictRecord[]): readonly VerdictRecord[] {
  const answered = new Set(after.map(questionOf));
  return before.filter((verdict) => verdict.verdict === "fail" && !answered.has(questionOf(verdict)));
}

/** Of rules that the later run asked; one that it did not ask says nothing. */
function answersTo(
  failures: readonly VerdictRecord[],
  young: JudgeableAudit,
  retrial: Pick<Retrial, "evidence" | "integration" | "policy" | "rules">,
): readonly VerdictRecord[] {
  const siblings = new Map(young.verdicts.map((verdict) => [verdict.rule, verdict]));
  const open = new Map(failures.filter(({ rule }) => siblings.has(rule)).map((verdict) => [questionOf(verdict), verdict]));
  if (open.size === 0) return [];
  const results = judgeAgain({ ...retrial, audit: { ...young, verdicts: [...open.values()] }, asOf: young.at });
  return results.flatMap((result) => {
    const sibling = siblings.get(result.rule);
    if (sibling === undefined || !open.has(questionOf(result))) return [];
    const evidence = result.evidence.map((reference) => ({ ...reference, hash: reference.hash ?? "" }));
    const causes = { ...sibling.causes, evidence: sha256Hex(evidence.map(({ hash }) => hash).join("\n")) };
    return [{ ...result, evidence, causes }];
  });
}

function memoised(judged: () => readonly JudgedResult[]): OldEvidence["rejudge"] {
  let results: ReadonlyMap<string, JudgedResult> | undefined;
  return (rule, subject) => {
    results ??= new Map(judged().map((result) => [questionOf(result), result]));
    return results.get(questionOf({ rule, subject }));
  };
}

/** Where the later run asked an endpoint for something else, the earlier answers say nothing of what it would have been answered. */
function ofTheSameRequests(then: readonly Observation[], now: readonly Observation[]): readonly Observation[] {
  const digests = digestsOf(now);
  const others = [...digestsOf(then)].flatMap(([endpoint, digest]) => ((digests.get(endpoint) ?? digest) === digest ? [] : [endpoint]));
  return then.filter(({ key }) => key.endpoint === undefined || !others.includes(key.endpoint));
}

function digestsOf(observations: readonly Observation[]): ReadonlyMap<string, string> {
  return new Map(
    observations.flatMap((observation) =>
      observation.kind === "http-response" && observation.outcome === "observed"
        ? [[observation.key.endpoint ?? "", observation.evidence.request.digest] as const]
        : [],
    ),
  );
}

/** Waived in the inventory of the later run, or put aside by a person: nobody's alarm. */
async function putAside(history: HistoryStore, changes: readonly Change[], pasts: ReadonlyMap<string, Past>): Promise<GateInput["waived"]> {
  const byIntegration = new Map([...pasts.values()].map((past) => [past.integration, past]));
  const waived = new Set<string>();
  for (const change of changes) {
    const past = byIntegration.get(change.integration);
    const finding = await history.finding(change.fingerprint);
    // A waiver covers what was accepted: it is void for what has become worse, and over for what was fixed meanwhile.
    const isVoid = change.kind === "worse" || finding?.cover?.ended === "void" || finding?.cover?.ended === "fulfilled";
    const isWaived = !isVoid && past !== undefined && waiverAt(change, past.configuration.integration.waivers, past.at) !== undefined;
    if (isWaived || (finding !== undefined && isPutAside(finding))) waived.add(change.fingerprint);
  }
  return waived;
}

/** Integrations whose evidence is fetched at the same time: the store answers while the last one is decoded. */
const AT_ONCE = 4;
const CANNOT_TELL: OldEvidence = { rejudge: () => undefined };
