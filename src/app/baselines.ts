import type { BaselineRecord, HistoryStore } from "../model/history-store.ts";
import type { Instant } from "../model/instant.ts";
import { err, ok, type Result } from "../model/result.ts";

export interface NewBaseline {
  readonly name: string;
  /** Id, prefix, word or another baseline. */
  readonly run: string;
  readonly by: string;
  readonly reason?: string;
}

export type BaselineProblem =
  | { readonly kind: "unknown-run"; readonly run: string }
  | { readonly kind: "bad-name" | "nobody" | "not-finished"; readonly message: string };

/** Names a run, so that it is understood wherever a run is. */
export async function nameBaseline(
  history: HistoryStore,
  wanted: NewBaseline,
  at: Instant,
): Promise<Result<BaselineRecord, BaselineProblem>> {
  const { name, by, reason } = wanted;
  if (!NAME.test(name) || RESERVED.includes(name)) {
    const message = `Expected a name of up to 64 lower-case letters, digits and hyphens that begins with a letter, and none of: ${RESERVED.join(", ")}.`;
    return err({ kind: "bad-name", message });
  }
  if (by.trim() === "") return err({ kind: "nobody", message: "Expected who decides this, found nothing." });
  const run = await history.run(wanted.run);
  if (run === undefined) return err({ kind: "unknown-run", run: wanted.run });
  if (run.status !== "complete" && run.status !== "partial") {
    const message = `Expected a complete or partial run, found one that is ${run.status}: what it left out would look new later.`;
    return err({ kind: "not-finished", message });
  }
  const baseline = { name, run: run.ulid, by: by.trim(), at, ...(reason === undefined ? {} : { reason }) };
  await history.setBaseline(baseline);
  return ok(baseline);
}

/** Ids of runs begin with a digit: no name can be taken for one. */
const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const RESERVED = ["latest", "previous"];
