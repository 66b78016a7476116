import { type ClassDefinitions, dataClassFacts } from "../../../catalog/data-classes.ts";
import { type DataClass, isCustomClassName } from "../../../model/data-class.ts";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./registry.ts";

/** What is looked for in one body. */
export interface DetectorSet {
  readonly all: readonly Detector[];
  /** Looked for in every value. */
  readonly watching: readonly Detector[];
  readonly watched: ReadonlySet<DataClass>;
  /** Those that a `true` says something to. */
  readonly facts: readonly Detector[];
  /** Those of a consumer among them: what they are after may be written in any way, not only as secrets mostly are. */
  readonly watchingAnyShape: readonly Detector[];
  /** One may take the place of another. */
  readonly replaces: boolean;
}

/** Ours, and those of a consumer. */
export function detectorSet(custom: readonly Detector[], definitions: ClassDefinitions): DetectorSet {
  if (custom.length === 0) return OURS;
  const known = sets.get(custom) ?? setOf([...DETECTORS, ...custom], definitions);
  sets.set(custom, known);
  return known;
}

function setOf(all: readonly Detector[], definitions: ClassDefinitions): DetectorSet {
  const watching = all.filter((detector) => dataClassFacts(detector.class, definitions).watched);
  return {
    all,
    watching,
    watched: new Set(watching.map((detector) => detector.class)),
    facts: all.filter(({ facts }) => facts === true),
    watchingAnyShape: watching.filter(isOfConsumer),
    replaces: all.some(isOfConsumer),
  };
}

function isOfConsumer(detector: Detector): boolean {
  return isCustomClassName(detector.class);
}

const sets = new WeakMap<readonly Detector[], DetectorSet>();
/** Of every class that has a name of ours. */
export const OURS: DetectorSet = setOf(DETECTORS, {});
