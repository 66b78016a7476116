import type { Cause, VerdictRecord } from "../../model/finding.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { Verdict } from "../../model/rule.ts";
import type { Severity } from "../../model/severity.ts";

/**
 * The old evidence, at the time of the old verdict, judged by the rules of today; undefined when they cannot tell.
 * Injected, because history knows no rule.
 */
export type Rejudge = (rule: string, subject: string) => { readonly verdict: Verdict; readonly severity?: Severity } | undefined;

/** Whose fault a flip from `before` to `after` is. Several at once: tool > config > rules > target > time (product.md section 4). */
export function causeOf(before: VerdictRecord, after: VerdictRecord, rejudge: Rejudge): Cause {
  if (before.causes.tool !== after.causes.tool) return "tool";
  if (before.causes.config !== after.causes.config) return "config";
  if (before.causes.rules !== after.causes.rules && rulesExplain(after, rejudge)) return "rules";
  return before.causes.evidence === after.causes.evidence ? "time" : "target";
}

/**
 * Why a question that nobody asked before fails now. A rule that was asked about other subjects lends its hashes;
 * a rule that is new would have said so of the old evidence too, unless judging that shows otherwise.
 */
export function causeOfUnasked(sibling: VerdictRecord | undefined, after: VerdictRecord, rejudge: Rejudge): Cause {
  if (sibling !== undefined) return causeOf({ ...sibling, causes: { ...sibling.causes, evidence: "" } }, after, rejudge);
  return rulesExplain(after, rejudge) ? "rules" : "target";
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

/** Today's rules say of the old evidence what they say of the new. Not being able to tell counts as the rules' doing: no provider is blamed on a guess. */
function rulesExplain(after: VerdictRecord, rejudge: Rejudge): boolean {
  const old = rejudge(after.rule, after.subject);
  if (old === undefined || old.verdict === "unobserved" || old.verdict === "error") return true;
  if (after.verdict !== "fail") return old.verdict !== "fail";
  return old.verdict === "fail" && (old.severity === undefined || old.severity === after.severity);
}

const OUR_CHOICES: ReadonlySet<UnobservedReason> = new Set([
  "address_not_allowed",
  "credential_not_bound",
  "credential_unavailable",
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
  "client_capability",
  "budget_exhausted",
  "deadline_exceeded",
  "interrupted",
  "evidence_too_old",
  "data_stale",
  "internal",
]);
