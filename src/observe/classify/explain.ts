import type { ClassFact } from "../../evidence/kinds.ts";
import type { DataClass } from "../../model/data-class.ts";
import { reviewValue, type ValueReview } from "./classify-value.ts";
import type { Detector } from "./detectors/detector.ts";
import type { Field } from "./fields.ts";
import { NOWHERE_NEAR, nearOf } from "./near.ts";

/** What was thought of all values of one path. */
export interface ExplainedPath {
  readonly path: string;
  /** None where nothing stands there. */
  readonly types: readonly string[];
  /** Values and keys that were looked at. */
  readonly values: number;
  /** Sorted: what is reported first, then by confidence. */
  readonly candidates: readonly ExplainedClass[];
}

export interface ExplainedClass {
  readonly class: DataClass;
  readonly reported: boolean;
  /** The best that one value got; 0 where none fits. */
  readonly confidence: number;
  /** Values that fit. */
  readonly count: number;
  /** What speaks for it: its name, and what the detector adds. */
  readonly cues: readonly string[];
  /** What speaks against it. */
  readonly vetoes: readonly { readonly veto: string; readonly count: number }[];
  readonly beatenBy?: DataClass;
}

/** Every candidate of every path that has one, or of the paths that are asked for; those where nothing stands come last. */
export function explainFields(
  fields: readonly Field[],
  reported: readonly ClassFact[],
  paths: readonly string[],
  detectors: readonly Detector[],
): readonly ExplainedPath[] {
  const known = new Set(fields.map(({ path }) => path));
  const missing = [...new Set(paths)].filter((path) => !known.has(path));
  const explained = fields
    .filter(({ path }) => paths.length === 0 || paths.includes(path))
    .map((field) => explainedPath(field, new Set(reported.flatMap((fact) => (fact.path === field.path ? [fact.class] : []))), detectors))
    .filter(({ candidates }) => paths.length > 0 || candidates.length > 0);
  return [...explained, ...missing.map((path) => ({ path, types: [], values: 0, candidates: [] }))];
}

function explainedPath(field: Field, reported: ReadonlySet<DataClass>, detectors: readonly Detector[]): ExplainedPath {
  const { path, types, values, owners, keys, surroundings } = field;
  const reviews = [
    ...values.slice(0, MOST_VALUES).map((value, at) => reviewValue(value, surroundings, nearOf(owners[at]), detectors)),
    ...keys.slice(0, MOST_VALUES).map((key) => reviewValue(key, surroundings, NOWHERE_NEAR, detectors)),
  ].filter((review) => review !== undefined);
  const named = new Set(detectors.filter((detector) => detector.isNamed(surroundings)).map((detector) => detector.class));
  const considered = new Set([...reviews.flatMap(classesIn), ...(reviews.length === 0 ? [] : named)]);
  const candidates = [...considered].map((dataClass) => explainedClass(dataClass, reviews, reported.has(dataClass), named.has(dataClass)));
  return { path, types, values: reviews.length, candidates: candidates.sort(mostReportedFirst) };
}

function classesIn({ classes, beaten, vetoes }: ValueReview): readonly DataClass[] {
  return [...classes, ...beaten, ...vetoes].map((candidate) => candidate.class);
}

function explainedClass(dataClass: DataClass, reviews: readonly ValueReview[], reported: boolean, named: boolean): ExplainedClass {
  const hits = reviews.flatMap(({ classes }) => classes.filter((hit) => hit.class === dataClass));
  const by = reviews.flatMap(({ beaten }) => beaten.filter((one) => one.class === dataClass))[0]?.by;
  const cues = new Set([...(named ? ["name"] : []), ...hits.flatMap((hit) => [...(hit.cues ?? []), ...aboutHit(hit)])]);
  const vetoes = countedVetoes(reviews.flatMap((review) => review.vetoes.flatMap((one) => (one.class === dataClass ? [one.veto] : []))));
  const isUnfit = hits.length === 0 && by === undefined && vetoes.length === 0;
  return {
    class: dataClass,
    reported,
    confidence: Math.max(0, ...hits.map(({ confidence }) => confidence)),
    count: hits.length,
    cues: [...cues].sort(),
    vetoes: isUnfit ? [{ veto: UNFIT, count: reviews.length }] : vetoes,
    ...(by === undefined ? {} : { beatenBy: by }),
  };
}

function aboutHit({ masked, embedded, own }: ValueReview["classes"][number]): readonly string[] {
  return [...(masked ? ["masked"] : []), ...(embedded ? ["inside-text"] : []), ...(own === true ? ["record"] : [])];
}

function countedVetoes(vetoes: readonly string[]): ExplainedClass["vetoes"] {
  return [...new Set(vetoes)].sort().map((veto) => ({ veto, count: vetoes.filter((other) => other === veto).length }));
}

function mostReportedFirst(one: ExplainedClass, other: ExplainedClass): number {
  return Number(other.reported) - Number(one.reported) || other.confidence - one.confidence || (one.class < other.class ? -1 : 1);
}

/** The name asks for it and no value is one. */
const UNFIT = "value-does-not-fit";
const MOST_VALUES = 200;
