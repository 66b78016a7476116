import { type CreepForecast, LEAST_FOR_A_HABIT, type NewPath, type Sighting } from "../../../model/forecast.ts";
import { DAY, type Instant } from "../../../model/instant.ts";
import { beganAround } from "./sight.ts";
import { confidenceOf, rateOf } from "./statistics.ts";

/** A path of an endpoint's answers, or one with a class of data in it. */
export interface PathSighting extends Sighting {
  readonly endpoint: string;
  readonly path: string;
  /** Absent for the path alone. */
  readonly class?: string;
  readonly sensitive?: boolean;
}

/**
 * What each endpoint sends more than at first. `toolChanges`: when our own eyes changed; what came with them is not the provider's.
 * The first LEARNING days count as the beginning: answers differ in their optional fields.
 */
export function creepForecasts(sightings: readonly PathSighting[], toolChanges: readonly Instant[]): readonly CreepForecast[] {
  const endpoints = [...new Set(sightings.map(({ endpoint }) => endpoint))].sort();
  return endpoints.map((endpoint) =>
    forecastFor(
      endpoint,
      sightings.filter((sighting) => sighting.endpoint === endpoint),
      toolChanges,
    ),
  );
}

function forecastFor(endpoint: string, sightings: readonly PathSighting[], toolChanges: readonly Instant[]): CreepForecast {
  const begun = Math.min(...sightings.map(({ firstAt }) => firstAt));
  const seenAt = Math.max(...sightings.map(({ lastAt }) => lastAt));
  const learnt = begun + LEARNING;
  const isLater = (sighting: PathSighting) => sighting.firstAt > learnt && !beganAround(sighting, toolChanges);
  const plain = sightings.filter((sighting) => sighting.class === undefined);
  const classified = sightings.filter((sighting) => sighting.class !== undefined);
  const n = plain.filter(isLater).length;
  const exposure = (seenAt - learnt) / YEAR;
  return {
    question: "oversharing",
    n,
    confidence: confidenceOf(n),
    endpoint,
    paths: { ever: distinctPaths(plain), now: distinctPaths(plain.filter(({ lastAt }) => lastAt === seenAt)) },
    classified: { ever: distinctPaths(classified), now: distinctPaths(classified.filter(({ lastAt }) => lastAt === seenAt)) },
    ...(n < LEAST_FOR_A_HABIT || exposure <= 0 ? {} : { perYear: rateOf(n, exposure) }),
    sensitive: classified
      .filter((sighting) => sighting.sensitive === true && isLater(sighting))
      .map(newPathOf)
      .sort((a, b) => b.firstAt - a.firstAt || (a.path < b.path ? -1 : 1)),
  };
}

function distinctPaths(sightings: readonly PathSighting[]): number {
  return new Set(sightings.map(({ path }) => path)).size;
}

function newPathOf({ path, class: dataClass = "", firstAt, lastAt, seenBefore }: PathSighting): NewPath {
  return { path, class: dataClass, firstAt, lastAt, ...(seenBefore === undefined ? {} : { seenBefore }) };
}

const LEARNING = 14 * DAY;
const YEAR = 365.25 * DAY;
