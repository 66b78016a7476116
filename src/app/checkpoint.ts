import { channel } from "node:diagnostics_channel";

/** The points of a run at which something was just finished, in the order in which a run passes them. */
export const CHECKPOINTS = [
  "history-opened",
  "lock-taken",
  "leftovers-delivered",
  "crashed-swept",
  "run-begun",
  "knowledge-read",
  "integration-observed",
  "integration-judged",
  "integration-held-back",
  "integration-committed",
  "all-observed",
  "held-back-committed",
  "missing-retired",
  "run-concluded",
  "run-finished",
  "alerts-digested",
  "message-sent",
  "message-marked",
  "notified",
  "answer-ready",
] as const;
export type Checkpoint = (typeof CHECKPOINTS)[number];

/** Says that a point was passed to whoever listens on the diagnostics channel: nobody, except a test that ends the process there. */
export function checkpoint(point: Checkpoint): void {
  points.publish(point);
}

const points = channel("apirisk:checkpoint");
