/** The candidate that `word` was most likely meant to be, or undefined when none is near. Letter case counts for nothing. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word === "" || word.length > LONGEST_WORD) return undefined;
  const typed = word.toLowerCase();
  const [best] = candidates
    .map((candidate) => ({ candidate, most: Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3)) }))
    .filter(({ candidate, most }) => Math.abs(candidate.length - word.length) <= most)
    .map(({ candidate, most }) => ({ candidate, most, distance: editDistance(typed, candidate.toLowerCase()) }))
    .filter(({ distance, most }) => distance <= most)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return best?.candidate;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substituted = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? (beforeLast[column - 2] ?? row) + 1 : Infinity;
      current.push(Math.min(substituted, swapped, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** Longer text is no mistyped word, and would only cost time. */
const LONGEST_WORD = 64;
