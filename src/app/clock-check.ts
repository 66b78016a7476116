import type { RunRecord } from "../model/history-store.ts";
import { DAY, type Instant, isoInstant, MINUTE } from "../model/instant.ts";

/**
 * Why the wall clock cannot be believed, in words; undefined where it can (history.md 3). Held against the newest run whose clock was
 * believed; a clock that agrees with the run before this one is believed again: two runs in a row are no accident.
 * `runs`: newest first.
 */
export function clockDoubt(runs: readonly Pick<RunRecord, "startedAt" | "clockSuspect">[], now: Instant): string | undefined {
  const [last] = runs;
  const believed = runs.find(({ clockSuspect }) => clockSuspect !== true);
  if (last === undefined || believed === undefined || follows(now, believed.startedAt)) return undefined;
  if (last.clockSuspect === true && follows(now, last.startedAt)) return undefined;
  return `this machine's clock says ${isoInstant(now)}, and the last run began at ${isoInstant(believed.startedAt)}`;
}

/** Believed only because the run before said the same: somebody else has to bear witness (app/reception). */
export function isSecondOpinion(runs: readonly Pick<RunRecord, "startedAt" | "clockSuspect">[], now: Instant): boolean {
  const believed = runs.find(({ clockSuspect }) => clockSuspect !== true);
  return (
    runs[0]?.clockSuspect === true && believed !== undefined && !follows(now, believed.startedAt) && clockDoubt(runs, now) === undefined
  );
}

function follows(now: Instant, earlier: Instant): boolean {
  return now >= earlier - 5 * MINUTE && now <= earlier + 400 * DAY;
}
