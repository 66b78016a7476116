import { ownClassFacts } from "../catalog/data-classes.ts";
import { type DataClass, isCustomClassName } from "../model/data-class.ts";
import type { LookedForClass, PathBaseline } from "./kinds.ts";

export interface KeptPaths {
  /** Sorted by path, each once. */
  readonly paths: readonly PathBaseline[];
  /** One was lost that may come again any day. */
  readonly cut: boolean;
}

/**
 * What is kept of the paths of a baseline. Where there is not room for all, those that are long gone are forgotten, as many as it takes, those that
 * were seen least before others: keys that are data come once, and a field that is sent now and then outlives them. What held something sensitive is
 * not forgotten, nor what was in this answer. Where that is not enough, what is sensitive and what was seen last stays. Pure.
 *
 * @param seen paths of this answer
 * @param unseen paths of the answers before
 * @param looked classes of the consumer: sensitive unless they are known to be low
 */
export function keptPaths(
  seen: readonly PathBaseline[],
  unseen: readonly PathBaseline[],
  looked: readonly Pick<LookedForClass, "class" | "low">[] = [],
): KeptPaths {
  const excess = seen.length + unseen.length - MOST_PATHS;
  if (excess <= 0) return { paths: byPath([...seen, ...unseen]), cut: false };
  const low = new Set<DataClass>(looked.filter((one) => one.low === true).map((one) => one.class));
  const sensitive = new Set(unseen.filter((path) => isSensitive(path, low)));
  const isForgettable = (path: PathBaseline) => (path.missed ?? 0) >= LONG_MISSED && !sensitive.has(path);
  const forgotten = new Set(unseen.filter(isForgettable).sort(leastSeenFirst).slice(0, excess));
  const left = unseen
    .filter((path) => !forgotten.has(path))
    .sort((one, other) => Number(sensitive.has(other)) - Number(sensitive.has(one)) || lastSeenFirst(one, other));
  const all = [...seen, ...left];
  return { paths: byPath(all.slice(0, MOST_PATHS)), cut: all.length > MOST_PATHS };
}

function isSensitive({ classes = [] }: PathBaseline, low: ReadonlySet<DataClass>): boolean {
  return classes
    .filter(({ replaced }) => replaced !== true)
    .some(({ class: name }) => (isCustomClassName(name) ? !low.has(name) : ownClassFacts(name).sensitive));
}

/** What stands below another path before that one. */
function leastSeenFirst(one: PathBaseline, other: PathBaseline): number {
  return one.runs - other.runs || (one.path < other.path ? 1 : -1);
}

/** What no answer has shown to be absent comes before the rest. */
function lastSeenFirst(one: PathBaseline, other: PathBaseline): number {
  return (one.missed ?? 0) - (other.missed ?? 0) || other.runs - one.runs || (one.path < other.path ? -1 : 1);
}

function byPath(paths: PathBaseline[]): readonly PathBaseline[] {
  return paths.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** What was missed so often is long gone, and no news any more. */
export const LONG_MISSED = 6;
/** As many as a body has. */
export const MOST_PATHS = 5000;
