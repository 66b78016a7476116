import type { HelloAnswer, Outcome } from "./outcome.ts";
import type { Pool } from "./pool.ts";
import type { Seen } from "./result.ts";

interface Cases {
  readonly hello: (answer: HelloAnswer) => void;
  readonly refused: (seen: Seen) => void;
  readonly lost?: (seen: Seen) => void;
}

/** What the answer means for the code points that were asked for, where it is no matter of the plan. */
export function settlePool(pool: Pool, items: readonly number[], outcome: Outcome, cases: Cases): void {
  pool.fly(items, false);
  if (outcome.kind === "hello" || outcome.kind === "refused") pool.answered(items);
  if (outcome.kind === "hello") cases.hello(outcome.answer);
  else if (outcome.kind === "refused") cases.refused(outcome.seen);
  else if (outcome.kind === "odd") pool.odd(items, outcome.seen);
  else {
    pool.lose(items, outcome.seen, outcome.kind === "lost" && outcome.forGood === true ? 1 : undefined);
    cases.lost?.(outcome.seen);
  }
}
