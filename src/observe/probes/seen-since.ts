/**
 * With what is new: eight at the most, the first of all among them, which is what a takeover is told by. Whoever comes after it and goes on changing
 * pushes his own out.
 */
export function withNewest<T>(seen: readonly T[], now: T, isKnown: (one: T) => boolean): readonly T[] {
  if (seen.some(isKnown)) return seen;
  return seen.length < MOST_SEEN ? [...seen, now] : [...seen.slice(0, 1), ...seen.slice(2), now];
}

const MOST_SEEN = 8;
