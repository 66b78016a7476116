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
  /** The product is known and this release of it is not, its version is too short to tell, or it may be any of several releases, some of which ended. */
  | { readonly state: "unlisted"; readonly name: string };

/** Undefined for a product of which we know nothing. The last supported day itself is still supported. */
export function lifeOf(product: string, version: string, asOf: Instant): Life | undefined {
  const life = productLife(product);
  return life === undefined ? undefined : standing(life, versionNumbers(version), asOf);
}

/** Whose numbers a version follows, and whether somebody else than its makers mends that build without changing them. */
export function mendedBy(product: string, distro: string | undefined): { readonly basis: string; readonly mendedElsewhere: boolean } {
  const basis = BASIS.get(product) ?? product;
  return { basis, mendedElsewhere: distro !== undefined || basis !== product };
}

/** How a release stands to the newest one of a line that has no end, which is judged by its corrections alone. */
export interface LineStanding {
  readonly name: string;
  readonly behind: boolean;
  /** Newest release of that line that we know. */
  readonly newest: string;
}

/**
 * Undefined for a product of which we know nothing, a release that we cannot place, a line with an announced end, one whose newest release we
 * do not know, and a version that is too short to tell: 2.4 may be any 2.4.x.
 */
export function lineOf(product: string, version: string): LineStanding | undefined {
  const numbers = versionNumbers(version);
  const life = productLife(product);
  const { endOfLife = "", newest } = (life && longestMatch(life.cycles, numbers)) ?? {};
  if (life === undefined || endOfLife !== null || newest === undefined || numbers.length < versionNumbers(newest).length) return undefined;
  return { name: life.name, behind: order(numbers, newest) < 0, newest };
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

function inCycle(name: string, { cycle, endOfLife, endsFrom, extendedUntil }: ReleaseCycle, asOf: Instant): Life {
  if (endsFrom !== undefined && hasEnded(endsFrom, asOf) && !hasEnded(endOfLife, asOf)) return { state: "unlisted", name };
  if (endOfLife === null || !hasEnded(endOfLife, asOf)) return { state: "supported", name, cycle, until: endsFrom ?? endOfLife };
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

/** The first numbers of an OpenResty release are those of the nginx in it, which its makers patch themselves. */
const BASIS: ReadonlyMap<string, string> = new Map([["openresty", "nginx"]]);
const MAX_AGE_DAYS = 180;
