import type { Interference } from "./conditions.ts";

/** What becomes of one connection. */
export type Fate = "served" | "reset" | "stalled" | "limited";

/** An endless row of fates in the given shares: the same seed gives the same row. */
export function fatesOf(interference: Interference): () => Fate {
  const draw = mulberry32(interference.seed);
  const { reset, stall, tooManyRequests } = interference;
  return () => {
    const drawn = draw();
    if (drawn < reset) return "reset";
    if (drawn < reset + stall) return "stalled";
    if (drawn < reset + stall + tooManyRequests) return "limited";
    return "served";
  };
}

/** Mulberry32, a small generator in the public domain (Tommy Ettinger, 2017): numbers from 0 up to 1. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
