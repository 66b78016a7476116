import type { DataClass } from "../../model/data-class.ts";
import { decodedTexts } from "./decoded-texts.ts";
import { type Detector, type Hit, isVeto, type Value } from "./detectors/detector.ts";
import { DETECTORS } from "./detectors/registry.ts";
import { documentOf, type Scalar, scalarText } from "./document.ts";
import { fieldsOf, type Surroundings } from "./fields.ts";
import { type Near, NOWHERE_NEAR, nearOf } from "./near.ts";
import { NOWHERE } from "./place.ts";
import { isMasked } from "./values.ts";
import { waysToCall } from "./ways-to-call.ts";

/** What one value is. */
export interface ValueClass extends Hit {
  readonly class: DataClass;
  readonly masked: boolean;
  /** A part of the value, among other text: it says nothing of the values of other records. */
  readonly embedded: boolean;
  /** Classes of a consumer that stand in its place: without them it would be one of the value's. */
  readonly replacedBy?: readonly DataClass[];
}

/** All that was thought of one value. */
export interface ValueReview {
  /** At most one entry for each class. */
  readonly classes: readonly ValueClass[];
  /** The same as it would be if a consumer had defined nothing that stands in another's place, with what does so now. */
  readonly unreplaced: readonly ValueClass[];
  /** Fits, and something fits better. */
  readonly beaten: readonly { readonly class: DataClass; readonly by: DataClass }[];
  readonly vetoes: readonly { readonly class: DataClass; readonly veto: string }[];
}

/** Classes of one value, at most one entry for each; undefined for one that holds nothing to look at. */
export function classifyValue(
  scalar: Scalar,
  surroundings: Surroundings,
  near: Near = NOWHERE_NEAR,
  detectors: readonly Detector[] = DETECTORS,
): readonly ValueClass[] | undefined {
  return reviewValue(scalar, surroundings, near, detectors)?.classes;
}

/** Classes of a `true`, whose name says what is true of whom; among nothing but switches it is one too. */
export function classifyTruth(surroundings: Surroundings, near: Near, detectors: readonly Detector[]): readonly ValueClass[] {
  if (!near.isRecord()) return [];
  const [{ names } = { names: surroundings }] = waysToCall(surroundings, near);
  const { hits } = bestOf({ text: "true", type: "boolean", near }, names, detectors);
  return hits.map((hit) => ({ ...hit, masked: false, embedded: false }));
}

/** The same with what spoke against the others: for `inspect --explain`. */
export function reviewValue(
  scalar: Scalar,
  surroundings: Surroundings,
  near: Near,
  detectors: readonly Detector[] = DETECTORS,
  nesting = 0,
): ValueReview | undefined {
  const value: Value = { text: scalarText(scalar).trim(), type: typeof scalar === "string" ? "string" : "number", near };
  if (value.text === "") return undefined;
  // A double beyond 2^53 has lost the digits that were sent.
  if (typeof scalar === "number" && Number.isInteger(scalar) && !Number.isSafeInteger(scalar)) return NOTHING;
  const called = waysToCall(surroundings, near);
  const [{ names: around } = { names: surroundings }] = called;
  if (value.type === "string" && isMasked(value.text.slice(0, MAX_MASKED))) {
    const masked = detectors.filter((detector) => detector.isNamed(around) && detector.isMaskOf?.(value.text, around) !== false);
    if (masked.length > 0) return maskedReview(masked);
  }
  const best = called.map(({ names, byRecord }) => ({ ...bestOf(value, names, detectors), byRecord }));
  const found = best.flatMap(({ hits, byRecord }) =>
    hits.map((hit) => ({ ...hit, ...(byRecord && { own: true as const }), masked: false, embedded: false })),
  );
  const inside = value.type === "string" ? insideOf(value.text, around, detectors, nesting) : [];
  const unreplaced = firstOfEach([...found, ...inside]);
  return {
    classes: firstOfEach([...found, ...inside].filter(({ replacedBy }) => replacedBy === undefined)),
    unreplaced,
    beaten: best.flatMap(({ beaten }) => beaten),
    vetoes: best.flatMap(({ vetoes }) => vetoes),
  };
}

type ClassHit = Hit & Pick<ValueClass, "class" | "replacedBy">;

function maskedReview(named: readonly Detector[]): ValueReview {
  const beaten = new Set(named.flatMap(({ over }) => over));
  const classes = named
    .filter((detector) => !beaten.has(detector.class))
    .map((detector) => ({ class: detector.class, confidence: 0.9, masked: true, embedded: false }));
  return { classes, unreplaced: classes, beaten: [], vetoes: [] };
}

function firstOfEach(entries: readonly ValueClass[]): readonly ValueClass[] {
  const classes = new Map<DataClass, ValueClass>();
  for (const entry of entries) {
    if (!classes.has(entry.class)) classes.set(entry.class, entry);
  }
  return [...classes.values()];
}

interface Best extends Pick<ValueReview, "beaten" | "vetoes"> {
  readonly hits: readonly ClassHit[];
}

/** What fits, without what something else of ours fits better. */
function bestOf(value: Value, surroundings: Surroundings, detectors: readonly Detector[]): Best {
  const hits: ClassHit[] = [];
  const vetoes: { class: DataClass; veto: string }[] = [];
  const beatenBy = new Map<DataClass, DataClass>();
  const replacing: Detector[] = [];
  for (const detector of detectors) {
    if (detector.needsName === true && !detector.isNamed(surroundings)) continue;
    const detected = detector.detect(value, surroundings);
    if (detected === undefined) continue;
    if (isVeto(detected)) {
      vetoes.push({ class: detector.class, veto: detected.veto });
      continue;
    }
    hits.push({ class: detector.class, ...detected });
    if (detector.replaces !== undefined) replacing.push(detector);
    if (detected.confidence >= SURE) for (const weaker of detector.over) beatenBy.set(weaker, detector.class);
  }
  const found = hits.map((hit) => replacedHit(hit, hits, replacing));
  const beaten = found.flatMap(({ class: dataClass, replacedBy = [] }) => {
    const by = beatenBy.get(dataClass) ?? replacedBy[0];
    return by === undefined ? [] : [{ class: dataClass, by }];
  });
  return { hits: found.filter((hit) => !beatenBy.has(hit.class)), beaten, vetoes };
}

function replacedHit(hit: ClassHit, hits: readonly ClassHit[], replacing: readonly Detector[]): ClassHit {
  if (replacing.length === 0) return hit;
  const stronger = hits.filter(({ confidence }) => confidence >= SURE && confidence > hit.confidence).map((one) => one.class);
  const replacedBy = replacing.filter((one) => stronger.includes(one.class) && one.replaces?.(hit.class) === true).map((one) => one.class);
  return replacedBy.length === 0 ? hit : { ...hit, replacedBy };
}

/** What a text holds besides what it is: among its words, in the JSON that it is, and under the encodings that it wears. */
function insideOf(text: string, surroundings: Surroundings, detectors: readonly Detector[], nesting: number): readonly ValueClass[] {
  const shown = [...insideText(text, detectors), ...insideJson(text, surroundings, detectors, nesting)];
  if (nesting >= MAX_NESTING || text.length < MIN_ENCODED) return shown;
  const hidden = decodedTexts(text)
    .filter(({ from }) => from !== "query")
    .flatMap((decoded) => [...insideText(decoded.text, detectors), ...insideJson(decoded.text, surroundings, detectors, nesting)]);
  return [...shown, ...hidden];
}

/** Words, and runs of digits with the separators that people write between them. */
function insideText(text: string, detectors: readonly Detector[]): readonly ValueClass[] {
  if (!DELIMITER.test(text) || ANGLE_ADDRESS.test(text)) return [];
  const inText = detectors.filter((detector) => detector.inText);
  const words = text.split(DELIMITERS).map((word) => word.replace(TRAILING, ""));
  const numbers = text.match(NUMBERS) ?? [];
  return [...words, ...numbers.map((number) => number.replace(TRAILING, ""))]
    .filter((part) => part.length >= MIN_PART && part !== text)
    .flatMap((part) => bestOf({ text: part, type: "string", near: NOWHERE_NEAR }, NOWHERE, inText).hits)
    .map((hit) => ({ ...hit, masked: false, embedded: true }));
}

/** A JSON text in a string: its own names count. The path stays that of the string. */
function insideJson(text: string, surroundings: Surroundings, detectors: readonly Detector[], nesting: number): readonly ValueClass[] {
  if (nesting >= MAX_NESTING || text.length > MAX_INNER_JSON || !/^[{[]/.test(text)) return [];
  const inner = jsonOf(text);
  if (typeof inner !== "object" || inner === null) return [];
  return fieldsOf(documentOf(inner), NO_MAPS, INNER_LIMITS)
    .fields.flatMap((field) => {
      const { above, ...own } = field.surroundings;
      const inside = { ...own, above: [...above, surroundings.name] };
      const classesOf = (value: Scalar, near: Near) => reviewValue(value, inside, near, detectors, nesting + 1)?.unreplaced ?? [];
      return [
        ...field.values.flatMap((value, at) => classesOf(value, nearOf(field.owners[at]))),
        ...field.keys.flatMap((key) => classesOf(key, NOWHERE_NEAR)),
      ];
    })
    .map((entry) => ({ ...entry, embedded: true }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NOTHING: ValueReview = { classes: [], unreplaced: [], beaten: [], vetoes: [] };
const MAX_MASKED = 256;
const MIN_ENCODED = 24;
const MAX_NESTING = 2;
const MAX_INNER_JSON = 64 * 1024;
const INNER_LIMITS = { maxNodes: 2000, maxPaths: 500 };
const NO_MAPS: ReadonlySet<string> = new Set();
/** A hit that is not sure takes nobody's place. */
const SURE = 0.6;
const MIN_PART = 7;
const DELIMITER = /[\s"'<>,;=&?()[\]{}|`]/;
const DELIMITERS = /[\s"'<>,;=&?()[\]{}|`]+/;
/** A Message-ID (RFC 5322 section 3.6.4), a link or a template: nobody's address. */
const ANGLE_ADDRESS = /^<[^<>]*>$/;
const TRAILING = /[ .:!-]{1,8}$/;
const NUMBERS = /[+(]?\d[\d ().-]{6,30}/g;
