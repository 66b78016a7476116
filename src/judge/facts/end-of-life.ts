import compare from "semver/functions/compare.js";
import { endOfLifeRetrieved, type ProductLife, productLife, type ReleaseCycle } from "../../catalog/end-of-life.ts";
import { DAY, type Instant } from "../../model/instant.ts";
import { versionNumbers } from "./banner.ts";

/** Where a release stands in the life of its product. Days are ISO days. */
export type Life =
  | { readonly state: "supported"; readonly name: string; readonly cycle: string; readonly until: string | null }
  | { readonly state: "ended" | "extended"; readonly name: string; readonly cycle: string; readonly until: string }
  /** Released after our facts were taken. */
  | { readonly state: "newer"; readonly name: string }
  /** The product is known and this release of it is not, or its version is too short to tell. */
  | { readonly state: "unlisted"; readonly name: string };

/** Undefined for a product of which we know nothing. The last supported day itself is still supported. */
export function lifeOf(product: string, version: string, asOf: Instant): Life | undefined {
  const life = productLife(product);
  return life === undefined ? undefined : standing(life, versionNumbers(version), asOf);
}

/** Our facts are too old to say anything: releases and extensions of half a year are missing from them. */
export function lifeFactsAreStale(asOf: Instant): boolean {
  return asOf - Date.parse(endOfLifeRetrieved()) > MAX_AGE_DAYS * DAY;
}

function standing({ name, cycles }: ProductLife, numbers: readonly number[], asOf: Instant): Life {
  const listed = longestMatch(cycles, numbers);
  if (listed !== undefined) return inCycle(name, listed, asOf);
  const newest = cycles[0];
  const oldest = cycles.at(-1);
  if (numbers.length === 0 || newest === undefined || oldest === undefined) return { state: "unlisted", name };
  if (isAbove(numbers, newest)) return { state: "newer", name };
  const isOlderThanAll = cycles.every((cycle) => isBelow(numbers, cycle));
  return isOlderThanAll && hasEnded(oldest.endOfLife, asOf) ? inCycle(name, oldest, asOf) : { state: "unlisted", name };
}

function inCycle(name: string, { cycle, endOfLife, extendedUntil }: ReleaseCycle, asOf: Instant): Life {
  if (endOfLife === null || !hasEnded(endOfLife, asOf)) return { state: "supported", name, cycle, until: endOfLife };
  if (extendedUntil !== undefined && !hasEnded(extendedUntil, asOf)) return { state: "extended", name, cycle, until: extendedUntil };
  return { state: "ended", name, cycle, until: endOfLife };
}

function hasEnded(day: string | null, asOf: Instant): boolean {
  return day !== null && asOf >= Date.parse(day) + DAY;
}

/** Cycles differ in width (8, 2.4, 1.1.1): the longest one that the version begins with, number by number. */
function longestMatch(cycles: readonly ReleaseCycle[], numbers: readonly number[]): ReleaseCycle | undefined {
  return cycles
    .filter(({ cycle }) => versionNumbers(cycle).every((number, index) => number === numbers[index]))
    .sort((a, b) => b.cycle.length - a.cycle.length)[0];
}

function isAbove(numbers: readonly number[], { cycle }: ReleaseCycle): boolean {
  return order(numbers, cycle) > 0;
}

function isBelow(numbers: readonly number[], { cycle }: ReleaseCycle): boolean {
  return order(numbers, cycle) < 0;
}

/** By as many numbers as both have: "2" is neither above nor below 2.4. */
function order(numbers: readonly number[], cycle: string): number {
  const theirs = versionNumbers(cycle);
  const width = Math.min(numbers.length, theirs.length);
  return compare(triple(numbers.slice(0, width)), triple(theirs.slice(0, width)));
}

function triple(numbers: readonly number[]): string {
  return [0, 1, 2].map((index) => numbers[index] ?? 0).join(".");
}

const MAX_AGE_DAYS = 180;
