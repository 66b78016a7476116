import { sha256Hex } from "./digest.ts";

/**
 * A delay from 0 to below `longestMs` whole milliseconds, uniform over seeds and always the same for one seed: a history's own identity.
 * Many machines with the same schedule start apart, and one machine starts at the same time every night.
 */
export function stableDelayMs(seed: string, longestMs: number): number {
  const share = Number.parseInt(sha256Hex(`apirisk/jitter/v1:${seed}`).slice(0, 2 * SEED_BYTES), 16) / 2 ** (8 * SEED_BYTES);
  return Math.floor(share * longestMs);
}

/** 48 bits: exact in a double, and finer than a millisecond of any delay. */
const SEED_BYTES = 6;
