import { type DataClass, isCustomClassName } from "../model/data-class.ts";
import { parentPath } from "../model/declared-path.ts";
import type { Instant } from "../model/instant.ts";
import { type KeptPaths, keptPaths, LONG_MISSED } from "./kept-paths.ts";
import type {
  Arrival,
  BodyFacts,
  ClassBaseline,
  ClassFact,
  HttpResponseEvidence,
  PathBaseline,
  ReplacedFact,
  ResponseBaseline,
  ResponseHistoryEvidence,
  ShapeFact,
} from "./kinds.ts";

/** What a history is of: answers to another request, or read by another classifier, are no part of it. */
export type HistoryOf = Pick<ResponseHistoryEvidence, "endpoint" | "digest" | "classifier">;

/** An answer of a former run. */
export interface FormerAnswer {
  readonly evidence: HttpResponseEvidence;
  readonly observedAt: Instant;
}

/**
 * The history with one more answer. What is not the API's own answer, or was not read, changes nothing. Counts stop where more of them would change
 * no verdict: an API that does not change has the same history every night.
 */
export function historyWith(
  history: ResponseHistoryEvidence | undefined,
  of: HistoryOf,
  answer: FormerAnswer | undefined,
): ResponseHistoryEvidence {
  const known = history !== undefined && history.digest === of.digest && history.classifier === of.classifier ? history.baselines : [];
  // Who read an answer is known by the history that was made beside it.
  const isOurs = history?.classifier === of.classifier;
  if (answer === undefined || !isOurs || !counts(answer.evidence, of)) return { ...of, baselines: known };
  const { evidence, observedAt } = answer;
  const before = known.find((baseline) => isOf(baseline, evidence));
  const others = known.filter((baseline) => baseline !== before);
  return { ...of, baselines: [...others, baselineWith(before, evidence, observedAt)].slice(-MOST_BASELINES) };
}

/** The former answers that this one can be compared with; undefined where there are none. */
export function comparable(history: ResponseHistoryEvidence | undefined, answer: HttpResponseEvidence): ResponseBaseline | undefined {
  if (history === undefined || history.digest !== answer.request.digest) return undefined;
  return history.baselines.find((baseline) => isOf(baseline, answer));
}

/**
 * How values of a class came to a path where they did not stand in the clear before; undefined where they did, or do not now, or where nobody looked
 * before for what `body` was looked at for.
 */
export function arrivalOf(baseline: ResponseBaseline, fact: ClassFact, body: Looked): Arrival | undefined {
  if (fact.masked || fact.sample || !isSameQuestion(fact.class, baseline, body)) return undefined;
  const path = pathsOf(baseline).get(fact.path);
  if (path === undefined) return baseline.cut !== true && wasAbsent(baseline, fact.path) ? { how: "new-field" } : undefined;
  const known = path.classes?.find((one) => one.class === fact.class);
  if (known !== undefined) return known.masked ? { how: "unmasked" } : known.came;
  return { how: path.filled ? "other-data" : "filled" };
}

/** Values stood there: neither null nor empty, as far as it was told. */
export function isFilled({ types, filled }: ShapeFact): boolean {
  return filled === undefined ? types.some((type) => type !== "null" && type !== "object" && type !== "array") : filled > 0;
}

/** Paths below which nothing stands. */
export function leavesOf<T extends { readonly path: string }>(paths: readonly T[]): readonly T[] {
  const inner = new Set(paths.map(({ path }) => parentPath(path)));
  return paths.filter(({ path }) => !inner.has(path));
}

/** Whether a body without this path shows that it is not sent: a list without an element, or a null, may stand where it would be. */
export function isShownAbsent(path: string, seen: ReadonlySet<string>, inner: ReadonlySet<string | undefined>): boolean {
  for (let above = parentPath(path); above !== undefined; above = parentPath(above)) {
    if (seen.has(above)) return inner.has(above);
  }
  return false;
}

type FoundClass = ClassFact & Partial<Pick<ReplacedFact, "by">>;
type Looked = Pick<BodyFacts, "customClasses">;

/** A class of a consumer is known by its definition. */
function isSameQuestion(dataClass: DataClass, one: Looked, other: Looked): boolean {
  return (
    !isCustomClassName(dataClass) ||
    (definitionIn(one, dataClass) !== undefined && definitionIn(one, dataClass) === definitionIn(other, dataClass))
  );
}

function definitionIn({ customClasses = [] }: Looked, dataClass: DataClass): string | undefined {
  return customClasses.find((one) => one.class === dataClass)?.definition;
}

/** Where nothing but an empty list or a null stood, nobody saw that it was not there. */
function wasAbsent(baseline: ResponseBaseline, path: string): boolean {
  const seen = new Set(baseline.paths.map((one) => one.path));
  return isShownAbsent(path, seen, new Set(baseline.paths.map((one) => parentPath(one.path))));
}

export function pathsOf(baseline: ResponseBaseline): ReadonlyMap<string, PathBaseline> {
  const known = indexed.get(baseline) ?? new Map(baseline.paths.map((path) => [path.path, path]));
  indexed.set(baseline, known);
  return known;
}

const indexed = new WeakMap<ResponseBaseline, ReadonlyMap<string, PathBaseline>>();

function counts({ request, interference, credential, body }: HttpResponseEvidence, { digest }: HistoryOf): boolean {
  if (request.digest !== digest || interference !== undefined || credential.state === "withheld") return false;
  return body.state === "classified";
}

function isOf({ status, mediaType, credential }: ResponseBaseline, answer: HttpResponseEvidence): boolean {
  return status === statusClass(answer) && mediaType === (answer.body.mediaType ?? "") && credential === answer.credential.state;
}

function statusClass({ status }: HttpResponseEvidence): number {
  return Math.floor(status / 100);
}

function baselineWith(before: ResponseBaseline | undefined, answer: HttpResponseEvidence, at: Instant): ResponseBaseline {
  const { body } = answer;
  const { since, runs, records, subjects } = before ?? { since: at, runs: 0, records: [], subjects: [] };
  const kept = pathsWith(before, body, at);
  return {
    status: statusClass(answer),
    mediaType: body.mediaType ?? "",
    credential: answer.credential.state,
    since,
    runs: Math.min(runs + 1, ENOUGH_RUNS),
    records: countsWith(records, body.state === "truncated" ? undefined : body.records),
    subjects: countsWith(subjects, body.state === "truncated" ? undefined : body.subjects),
    paths: kept.paths,
    ...(body.customClasses !== undefined && { customClasses: body.customClasses }),
    ...stateOf(before, kept, body),
  };
}

/** What was lost once was in none of the answers since, when so many showed everything that it would be forgotten by now: as if it had never been lost. */
function stateOf(before: ResponseBaseline | undefined, { cut }: KeptPaths, body: BodyFacts): Pick<ResponseBaseline, "cut" | "fitted"> {
  if (cut) return { cut: true };
  if (before?.cut !== true) return {};
  const fitted = (before.fitted ?? 0) + (showsRecords(body) ? 1 : 0);
  return fitted >= LONG_MISSED ? {} : { cut: true, ...(fitted > 0 && { fitted }) };
}

function showsRecords({ state, records }: BodyFacts): boolean {
  return state === "classified" && records !== 0;
}

function countsWith(counted: readonly number[], now: number | undefined): readonly number[] {
  if (now === undefined) return counted;
  const isAsEver = counted.length >= ENOUGH_RUNS && counted.every((count) => count === now);
  return isAsEver ? counted : [...counted, now].slice(-MOST_COUNTS);
}

function pathsWith(before: ResponseBaseline | undefined, body: BodyFacts, at: Instant): KeptPaths {
  const known = before === undefined ? new Map<string, PathBaseline>() : stillAsked(before, body);
  const classes = new Map<string, FoundClass[]>();
  for (const fact of [...body.classes, ...(body.replaced ?? [])]) classes.set(fact.path, [...(classes.get(fact.path) ?? []), fact]);
  const isLate = lateness(before);
  const seen = body.shape.map((fact) => ({
    ...seenAgain(known.get(fact.path), fact, classes.get(fact.path) ?? [], body, before, at),
    ...(isLate(fact.path) && { late: true as const }),
  }));
  const now = new Set(body.shape.map(({ path }) => path));
  const inner = new Set(body.shape.map(({ path }) => parentPath(path)));
  const isWhole = showsRecords(body);
  const unseen = [...known.values()].filter(({ path }) => !now.has(path));
  const missed = unseen.map((path) =>
    isWhole && isShownAbsent(path.path, now, inner) ? { ...path, missed: Math.min((path.missed ?? 0) + 1, LONG_MISSED) } : path,
  );
  return keptPaths(seen, missed, body.customClasses);
}

/** Without classes that are known otherwise today, or not any more. */
function stillAsked(before: ResponseBaseline, body: BodyFacts): ReadonlyMap<string, PathBaseline> {
  if (before.customClasses === undefined) return pathsOf(before);
  return new Map(
    before.paths.map((path) => {
      const { classes, ...rest } = path;
      const asked = classes?.filter((one) => isSameQuestion(one.class, before, body)) ?? [];
      return [path.path, asked.length === classes?.length ? path : { ...rest, ...(asked.length > 0 && { classes: asked }) }];
    }),
  );
}

/** Whether a path came after others had been seen often enough without it, and is not as usual yet. */
export function lateness(before: ResponseBaseline | undefined): (path: string) => boolean {
  if (before === undefined || before.runs < ENOUGH_RUNS || before.cut === true) return () => false;
  const known = pathsOf(before);
  const seen = new Set(known.keys());
  const inner = new Set(before.paths.map(({ path }) => parentPath(path)));
  return (path) => {
    const former = known.get(path);
    return former === undefined ? isShownAbsent(path, seen, inner) : former.late === true && former.runs < ENOUGH_RUNS;
  };
}

function seenAgain(
  known: PathBaseline | undefined,
  fact: ShapeFact,
  classes: readonly FoundClass[],
  body: Looked,
  before: ResponseBaseline | undefined,
  at: Instant,
): PathBaseline {
  const found = classesWith(known?.classes ?? [], classes, body, before, at);
  return {
    path: fact.path,
    types: [...new Set([...(known?.types ?? []), ...fact.types])].sort(),
    runs: Math.min((known?.runs ?? 0) + 1, ENOUGH_RUNS),
    filled: known?.filled === true || isFilled(fact),
    ...(found.length > 0 && { classes: found }),
  };
}

/** A value that is nobody's says what stands there as well as one that is somebody's. */
function classesWith(
  known: readonly ClassBaseline[],
  facts: readonly FoundClass[],
  body: Looked,
  before: ResponseBaseline | undefined,
  at: Instant,
): readonly ClassBaseline[] {
  const found = new Map(known.map((one) => [one.class, one]));
  for (const fact of facts) {
    if ((fact.masked || fact.sample) && found.has(fact.class)) continue;
    const arrival = before === undefined ? undefined : arrivalOf(before, fact, body);
    const came = arrival === undefined ? undefined : { how: arrival.how, since: arrival.since ?? at };
    const replaced = fact.by === undefined ? {} : { replaced: true as const };
    found.set(fact.class, { class: fact.class, masked: fact.masked, ...replaced, ...(came !== undefined && { came }) });
  }
  return [...found.values()].sort((one, other) => (one.class < other.class ? -1 : 1));
}

/** What was seen so often is no accident. */
export const ENOUGH_RUNS = 3;
/** Statuses, media types and credentials take turns; those that were seen last are kept. */
const MOST_BASELINES = 4;
/** Odd, for a median. */
const MOST_COUNTS = 9;
