import type { Cause, HistoryEvent } from "../../model/finding.ts";
import type { OutOfSight } from "../../model/history-store.ts";
import type { Instant } from "../../model/instant.ts";
import { isStale } from "./steadiness.ts";

export interface Look {
  readonly at: Instant;
  /** Undefined where nothing was asked. */
  readonly seen: boolean | undefined;
  /** What changed on our side since it was seen. */
  readonly cause: Cause;
}

/**
 * Row 11 for an integration as a whole: one without findings is missed as well. Told once when it has lasted, and once when it is over.
 * `before`: the audits until now that saw nothing.
 */
export function visibilityEvents(before: OutOfSight | undefined, { at, seen, cause }: Look): readonly HistoryEvent[] {
  const wasTold = before !== undefined && isStale({ unobservedSince: before.since, blindRuns: before.audits }, before.lastAt);
  if (seen === undefined) return [];
  if (seen) return wasTold ? [{ kind: "visibility-regained", cause }] : [];
  const now = { unobservedSince: before?.since ?? at, blindRuns: (before?.audits ?? 0) + 1 };
  return isStale(now, at) && !wasTold ? [{ kind: "visibility-lost", cause }] : [];
}
