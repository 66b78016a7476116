import type { Cause, CauseHashes, VerdictRecord } from "../../model/finding.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { OldEvidence, Rejudge } from "./old-evidence.ts";
import { isBlind } from "./side.ts";
import { isSamePlace } from "./sight.ts";

/** Whose fault a flip from `before` to `after` is. Several at once: tool > config > rules > target > time (product.md section 4). */
export function causeOf(before: VerdictRecord, after: VerdictRecord, old: OldEvidence): Cause {
  const differs = (cause: keyof CauseHashes) => before.causes[cause] !== after.causes[cause];
  if (differs("tool")) return "tool";
  const ours = differs("config") ? "config" : differs("rules") ? "rules" : undefined;
  if (ours !== undefined && isOurDoing(after, old)) return ours;
  return !differs("evidence") || isOnlyTime(after, old) ? "time" : "target";
}

/**
 * Why a question that nobody asked before fails now. A rule that was asked about other subjects lends its hashes, those of the same place
 * before those of another; a rule that is new would have said so of the old evidence too, unless judging that shows otherwise.
 */
export function causeOfUnasked(before: readonly VerdictRecord[], after: VerdictRecord, old: OldEvidence): Cause {
  const siblings = before.filter(({ rule }) => rule === after.rule);
  const sibling = siblings.find((one) => isSamePlace(one, after)) ?? siblings[0];
  if (sibling !== undefined) return causeOf({ ...sibling, causes: { ...sibling.causes, evidence: "" } }, after, old);
  if (isOtherTool(before, after)) return "tool";
  if (isOurDoing(after, old)) return "rules";
  return isOnlyTime(after, old) ? "time" : "target";
}

/** What other rules said of the same evidence, or of anything where none did, was seen with another tool: it may have found this now. */
function isOtherTool(before: readonly VerdictRecord[], after: VerdictRecord): boolean {
  const cited = new Set(after.evidence.map(({ kind, key }) => `${kind}|${key}`));
  const beside = before.filter(({ evidence }) => evidence.some(({ kind, key }) => cited.has(`${kind}|${key}`)));
  const witnesses = beside.length > 0 ? beside : before;
  return witnesses.length > 0 && witnesses.every(({ causes }) => causes.tool !== after.causes.tool);
}

/** Why a finding that was seen before cannot be seen now. The hash of missing evidence says nothing; the reason does. */
export function causeOfLostSight(before: VerdictRecord | undefined, after: VerdictRecord): Cause {
  if (after.verdict === "error") return "tool";
  if (before !== undefined && before.causes.tool !== after.causes.tool) return "tool";
  if (before !== undefined && before.causes.config !== after.causes.config) return "config";
  if (after.reason === undefined) return "target";
  if (OUR_CHOICES.has(after.reason)) return "config";
  return OUR_LIMITS.has(after.reason) ? "tool" : "target";
}

/** Why a finding can be seen again, unchanged. */
export function causeOfRegainedSight(before: VerdictRecord | undefined, after: VerdictRecord): Cause {
  if (before !== undefined && before.causes.tool !== after.causes.tool) return "tool";
  return before !== undefined && before.causes.config !== after.causes.config ? "config" : "target";
}

/** Not being able to tell counts as our doing: no provider is blamed on a guess. */
function isOurDoing(after: VerdictRecord, { rejudge }: OldEvidence): boolean {
  return saysTheSame(rejudge(after.rule, after.subject), after) ?? true;
}

function isOnlyTime(after: VerdictRecord, { rejudgeNow }: OldEvidence): boolean {
  return saysTheSame(rejudgeNow?.(after.rule, after.subject), after) ?? false;
}

/** Of the old evidence what was said of the new; undefined where the old does not show it. */
function saysTheSame(old: ReturnType<Rejudge>, after: VerdictRecord): boolean | undefined {
  if (old === undefined || isBlind(old.verdict)) return undefined;
  if (after.verdict !== "fail") return old.verdict !== "fail";
  const isAs = (said: string | undefined, now: string | undefined) => said === undefined || said === now;
  return old.verdict === "fail" && isAs(old.severity, after.severity) && isAs(old.outcome, after.outcome);
}

const OUR_CHOICES: ReadonlySet<UnobservedReason> = new Set([
  "address_not_allowed",
  "credential_not_bound",
  "credential_unavailable",
  "client_certificate_not_shown",
  "description_unavailable",
  "lock_file_unavailable",
  "permission_missing",
  "not_due",
  "not_requested",
  "not_safe",
]);

const OUR_LIMITS: ReadonlySet<UnobservedReason> = new Set([
  "proxy_unreachable",
  "proxy_refused",
  "proxy_auth_required",
  "network_unreachable",
  "captive_portal",
  "tls_intercepted",
  "client_capability",
  "budget_exhausted",
  "deadline_exceeded",
  "interrupted",
  "evidence_too_old",
  "data_stale",
  "internal",
]);
