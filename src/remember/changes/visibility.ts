import { type Cause, type HistoryEvent, questionOf, type VerdictRecord } from "../../model/finding.ts";
import type { IntegrationKnowledge } from "../../model/history-store.ts";
import type { Instant } from "../../model/instant.ts";
import { causeOfLostSight, causeOfRegainedSight } from "./cause.ts";
import { isBlind } from "./side.ts";
import { isStale } from "./steadiness.ts";

export interface Look {
  readonly at: Instant;
  /** Undefined where nothing was asked. */
  readonly seen: boolean | undefined;
  readonly verdicts: readonly VerdictRecord[];
}

/**
 * Row 11 for an integration as a whole: one without findings is missed as well. Told once when it has lasted, and once when it is over.
 */
export function visibilityEvents(
  { outOfSight: before, baseline }: Pick<IntegrationKnowledge, "outOfSight" | "baseline">,
  { at, seen, verdicts }: Look,
): readonly HistoryEvent[] {
  if (seen === undefined) return [];
  const wasTold = before !== undefined && isStale({ unobservedSince: before.since, blindRuns: before.audits }, before.lastAt);
  const now = { unobservedSince: before?.since ?? at, blindRuns: (before?.audits ?? 0) + 1 };
  const isNews = seen ? wasTold : !wasTold && isStale(now, at);
  if (!isNews) return [];
  const cause = causeOfSight(seen, verdicts, baseline?.verdicts ?? []);
  return [{ kind: seen ? "visibility-regained" : "visibility-lost", cause }];
}

/** As of the findings beside it: where only some questions were our own choice, the provider is what is not seen. */
function causeOfSight(seen: boolean, now: readonly VerdictRecord[], before: readonly VerdictRecord[]): Cause {
  const known = new Map(before.map((verdict) => [questionOf(verdict), verdict]));
  const causeOf = seen ? causeOfRegainedSight : causeOfLostSight;
  const causes = now
    .filter(({ verdict, evidence }) => (seen ? evidence.length > 0 : isBlind(verdict)))
    .map((verdict) => causeOf(known.get(questionOf(verdict)), verdict));
  return causes.includes("target") ? "target" : (causes[0] ?? "target");
}
