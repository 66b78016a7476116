import type { BodyFacts, ClassFact, ReplacedFact } from "../../evidence/kinds.ts";
import { BodyWatch } from "./body-watch.ts";
import type { CustomDetection } from "./custom/custom-detection.ts";
import { StepBudget } from "./custom/step-budget.ts";
import { detectorSet } from "./detectors/detector-set.ts";
import { hazardsAt } from "./hazards/hazards-at.ts";
import { PathTree } from "./path-tree.ts";
import type { ReadProblem } from "./read/reader.ts";
import { type BodyName, HEAD, type Reading, readingOf } from "./reading.ts";
import { mainArrayOf, totalOf } from "./records.ts";

export interface ClassifyOptions {
  /** As the provider sent it; undefined for a file. */
  readonly contentType: string | undefined;
  /** The bytes are the beginning of a longer body. */
  readonly truncated: boolean;
  /** Paths that earlier runs took for maps. */
  readonly knownMaps: readonly string[];
  /** What a consumer defined. */
  readonly custom?: CustomDetection;
  /** Facts below it are left out: 0 shows every candidate. */
  readonly threshold?: number;
  /** Octets that are looked at; a body of more is `truncated`. 25 MB where it is not said. */
  readonly maxBytes?: number;
}

/** A body that comes in parts of any size. */
export interface BodyClassifier {
  write(chunk: Uint8Array): void;
  end(): BodyFacts;
}

/**
 * What a body is made of: formats, paths, types and classes of data, and never a value of it, not even where a value is a key.
 * Pure and bounded: 25 MB, depth 200, 5,000 paths and what patterns of a consumer may cost; what is beyond makes the state `truncated` or `too-deep`, what ends inside
 * of a character, a quoted field or an event `truncated`, and what is malformed or no text in its encoding `undecodable`, with whatever was seen. Hostile bytes give a state, never an exception.
 */
export function classifyBody(body: Uint8Array, options: ClassifyOptions): BodyFacts {
  const classifier = bodyClassifier(options);
  classifier.write(body);
  return classifier.end();
}

/** The same for a body that comes in parts: memory is that of a part of it, however long it is. */
export function bodyClassifier(options: ClassifyOptions): BodyClassifier {
  return new Classifier(options);
}

class Classifier implements BodyClassifier {
  readonly #options: ClassifyOptions;
  readonly #name: BodyName;
  readonly #tree: PathTree<BodyWatch>;
  readonly #head: Uint8Array[] = [];
  readonly #steps = new StepBudget();
  #octets = 0;
  #isCut: boolean;
  #reading: Reading | undefined;
  #problem: ReadProblem | undefined;

  constructor(options: ClassifyOptions) {
    this.#options = options;
    const set = detectorSet(options.custom?.detectorsFor(this.#steps) ?? [], options.custom ?? {});
    this.#isCut = options.truncated;
    this.#name = nameOf(options.contentType);
    this.#tree = new PathTree({
      watchOf: (surroundings) => new BodyWatch(surroundings, set),
      knownMaps: new Set(options.knownMaps),
      maxPaths: MAX_PATHS,
    });
  }

  write(chunk: Uint8Array): void {
    const room = (this.#options.maxBytes ?? MAX_BYTES) - this.#octets;
    if (chunk.length > room) this.#isCut = true;
    const taken = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#octets += taken.length;
    for (let at = 0; at < taken.length; at += PART) this.#take(taken.subarray(at, at + PART));
  }

  end(): BodyFacts {
    const { mediaType } = this.#name;
    const named = mediaType === "" ? {} : { mediaType };
    if (this.#octets === 0) return { ...(this.#isCut ? TRUNCATED : EMPTY), ...named };
    if (this.#reading === undefined && this.#problem === undefined) this.#begin();
    const reading = this.#reading;
    if (reading === undefined) return { ...PROBLEMS[this.#problem ?? "unsupported"], ...named };
    reading.end(this.#isCut);
    return { ...named, ...this.#factsOf(reading), ...lookedFor(this.#options.custom) };
  }

  #take(part: Uint8Array): void {
    if (this.#problem !== undefined) return;
    if (this.#reading !== undefined) {
      this.#reading.write(part);
      return;
    }
    this.#head.push(part.slice());
    if (this.#octets >= HEAD) this.#begin();
  }

  #begin(): void {
    const head = Buffer.concat(this.#head);
    this.#head.length = 0;
    const reading = readingOf(head, this.#name, (piece) => this.#tree.feed(piece));
    if (reading.ok) this.#reading = reading.value;
    else this.#problem = reading.error;
  }

  #factsOf({ format, guard, problem, isWhole }: Reading): BodyFacts {
    const { threshold = THRESHOLD } = this.#options;
    const places = this.#tree.places();
    const [top] = places;
    const main = format === "text" || top === undefined ? undefined : mainArrayOf(top.place);
    const total = top === undefined ? undefined : totalOf(top.place, main);
    const classes = places.flatMap(({ path, place }) => place.watch.classes(path)).filter(({ confidence }) => confidence >= threshold);
    const replaced = this.#replacedIn(places, classes);
    const subjects = Math.max(0, ...places.map(({ place }) => place.watch.persons));
    return {
      ...this.#stateOf(problem, isWhole),
      format,
      ...(guard !== undefined && { guard }),
      octets: this.#octets,
      ...(main !== undefined && { records: main.longest }),
      ...(total !== undefined && { total }),
      ...(subjects > 0 && { subjects }),
      shape: places.map(({ path, place: { types, filled, octets } }) => ({ path, types, filled, octets })),
      classes,
      ...(replaced.length > 0 && { replaced }),
      maps: places.filter(({ place }) => place.isMap === true).map(({ path }) => path),
      hazards: places.flatMap(({ path, place }) => hazardsAt(path, place)),
      duplicateKeys: places.filter(({ place }) => place.isDoubled).map(({ path }) => path),
    };
  }

  #replacedIn(places: ReturnType<PathTree<BodyWatch>["places"]>, classes: readonly ClassFact[]): readonly ReplacedFact[] {
    const told = new Set(classes.map((fact) => `${fact.class} ${fact.path}`));
    return places
      .flatMap(({ path, place }) => place.watch.replaced(path))
      .filter((fact) => fact.confidence >= THRESHOLD && !told.has(`${fact.class} ${fact.path}`));
  }

  #stateOf(problem: ReadProblem | undefined, isWhole: boolean): Pick<BodyFacts, "state" | "failure"> {
    // What ends in the middle may look malformed; that it is cut is known.
    if (problem !== undefined && !(problem === "malformed" && this.#isCut)) {
      const { state, failure } = PROBLEMS[problem];
      return { state, ...(failure !== undefined && { failure }) };
    }
    return this.#isCut || !isWhole || !this.#tree.complete || this.#steps.isSpent
      ? { state: "truncated", failure: { reason: "body_truncated" } }
      : { state: "classified" };
  }
}

/** So that it can be said later what was not asked of this body. */
function lookedFor(custom: CustomDetection | undefined): Pick<BodyFacts, "customClasses"> {
  if (custom === undefined) return {};
  const classes = custom.customClasses.map(({ id, definition, group }) => ({
    class: id,
    definition,
    ...(group === "low" && { low: true as const }),
  }));
  return { customClasses: classes.sort((one, other) => (one.class < other.class ? -1 : 1)) };
}

/** RFC 9110 section 8.3.1, in lower case; a media type that is no pair of tokens is none. */
function nameOf(contentType: string | undefined): BodyName {
  const [type = "", ...parameters] = (contentType ?? "").slice(0, MAX_CONTENT_TYPE).toLowerCase().split(";");
  const mediaType = type.trim();
  const charset = parameters.map((parameter) => CHARSET.exec(parameter.trim())?.[1]).find((value) => value !== undefined);
  return { mediaType: MEDIA_TYPE.test(mediaType) ? mediaType : "", charset };
}

const THRESHOLD = 0.6;
const MAX_BYTES = 25 * 1024 * 1024;
const MAX_PATHS = 5000;
const PART = 64 * 1024;
const MAX_CONTENT_TYPE = 256;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/;
const CHARSET = /^charset="?([\w.:-]{1,40})"?$/;

const NOTHING_SEEN = { shape: [], classes: [], maps: [] } as const;
const EMPTY: BodyFacts = { state: "empty", ...NOTHING_SEEN };
const TRUNCATED: BodyFacts = { state: "truncated", failure: { reason: "body_truncated" }, ...NOTHING_SEEN };
const PROBLEMS: Readonly<Record<ReadProblem, BodyFacts>> = {
  unsupported: { state: "unsupported", failure: { reason: "body_unsupported_type" }, ...NOTHING_SEEN },
  cut: TRUNCATED,
  malformed: { state: "undecodable", failure: { reason: "body_undecodable" }, ...NOTHING_SEEN },
  "too-deep": { state: "too-deep", failure: { reason: "body_too_deep" }, ...NOTHING_SEEN },
};
