import type { DataClass } from "../../model/data-class.ts";
import type { Detector, Hit, Value } from "./detectors/detector.ts";
import { DETECTORS } from "./detectors/registry.ts";
import { fieldsOf, type Scalar, type Surroundings } from "./fields.ts";
import { isMasked } from "./values.ts";

/** What one value is. */
export interface ValueClass extends Hit {
  readonly class: DataClass;
  readonly masked: boolean;
  /** A part of the value, among other text: it says nothing of the values of other records. */
  readonly embedded: boolean;
}

/** Classes of one value, at most one entry for each; undefined for one that holds nothing to look at. */
export function classifyValue(
  scalar: Scalar,
  surroundings: Surroundings,
  detectors: readonly Detector[] = DETECTORS,
  nesting = 0,
): readonly ValueClass[] | undefined {
  // Beyond 2^53 the digits are no longer the ones that were sent.
  if (typeof scalar === "number" && !Number.isSafeInteger(scalar)) return [];
  const value: Value = { text: String(scalar).trim(), type: typeof scalar === "number" ? "number" : "string" };
  if (value.text === "") return undefined;
  if (value.type === "string" && isMasked(value.text.slice(0, MAX_MASKED))) {
    const masked = detectors.filter((detector) => detector.isNamed(surroundings));
    if (masked.length > 0) return masked.map((detector) => ({ class: detector.class, confidence: 0.9, masked: true, embedded: false }));
  }
  const found = bestOf(value, surroundings, detectors).map((hit) => ({ ...hit, masked: false, embedded: false }));
  const inside =
    value.type === "string" ? [...insideText(value.text, detectors), ...insideJson(value.text, surroundings, detectors, nesting)] : [];
  const classes = new Map<DataClass, ValueClass>();
  for (const entry of [...found, ...inside]) {
    if (!classes.has(entry.class)) classes.set(entry.class, entry);
  }
  return [...classes.values()];
}

type ClassHit = Hit & { readonly class: DataClass };

/** What fits, without what something else fits better. */
function bestOf(value: Value, surroundings: Surroundings, detectors: readonly Detector[]): readonly ClassHit[] {
  const hits: ClassHit[] = [];
  const beaten = new Set<DataClass>();
  for (const detector of detectors) {
    const hit = detector.detect(value, surroundings);
    if (hit === undefined) continue;
    hits.push({ class: detector.class, ...hit });
    if (hit.confidence >= SURE) for (const weaker of detector.over) beaten.add(weaker);
  }
  return hits.filter((hit) => !beaten.has(hit.class));
}

/** Words, and runs of digits with the separators that people write between them. */
function insideText(text: string, detectors: readonly Detector[]): readonly ValueClass[] {
  if (!DELIMITER.test(text) || ANGLE_ADDRESS.test(text)) return [];
  const inText = detectors.filter((detector) => detector.inText);
  const words = text.split(DELIMITERS).map((word) => word.replace(TRAILING, ""));
  const numbers = text.match(NUMBERS) ?? [];
  return [...words, ...numbers.map((number) => number.replace(TRAILING, ""))]
    .filter((part) => part.length >= MIN_PART && part !== text)
    .flatMap((part) => bestOf({ text: part, type: "string" }, NOWHERE, inText))
    .map((hit) => ({ ...hit, masked: false, embedded: true }));
}

/** A JSON text in a string: its own names count. The path stays that of the string. */
function insideJson(text: string, surroundings: Surroundings, detectors: readonly Detector[], nesting: number): readonly ValueClass[] {
  if (nesting >= MAX_NESTING || text.length > MAX_INNER_JSON || !/^[{[]/.test(text)) return [];
  const inner = jsonOf(text);
  if (typeof inner !== "object" || inner === null) return [];
  return fieldsOf(inner, NO_MAPS, INNER_LIMITS)
    .fields.flatMap((field) => {
      const { above, ...own } = field.surroundings;
      const inside = { ...own, above: [...above, surroundings.name] };
      return [...field.values, ...field.keys].flatMap((value) => classifyValue(value, inside, detectors, nesting + 1) ?? []);
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

const MAX_MASKED = 256;
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
const NOWHERE: Surroundings = { name: "", above: [], beside: new Set() };
