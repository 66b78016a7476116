import { type DocumentNode, DocumentObject, isScalar, scalarText } from "./document.ts";
import { wordsOf } from "./names.ts";
import { untyped } from "./typed-values.ts";

/** An object that holds a value, and the object above that one. Arrays between them do not count. */
export interface Owner {
  readonly object: DocumentObject;
  readonly above: Owner | undefined;
}

/** What the record says around one value: the values beside it, where names (`Surroundings`) are not enough. */
export class Near {
  readonly #owner: Owner | undefined;

  constructor(owner: Owner | undefined) {
    this.#owner = owner;
  }

  /** The scalar under the key of these words (`wordsOf`) in the same object: trimmed, in lower case, at most 64 characters. */
  beside(name: string): string | undefined {
    return this.#owner === undefined ? undefined : textOf(memberOf(this.#owner.object, name));
  }

  /** The same in the object above, `levels` steps up. */
  above(name: string, levels = 1): string | undefined {
    const owner = this.#up(levels);
    return owner === undefined ? undefined : textOf(memberOf(owner.object, name));
  }

  /** All scalars at most three levels below the key of these words in the same object, as `beside` writes them; 16 at the most. */
  below(name: string): readonly string[] {
    return this.#owner === undefined ? [] : scalarsBelow(memberOf(this.#owner.object, name));
  }

  /** The same of a key in the object above, `levels` steps up. */
  belowAbove(name: string, levels = 1): readonly string[] {
    const owner = this.#up(levels);
    return owner === undefined ? [] : scalarsBelow(memberOf(owner.object, name));
  }

  /** Words of the keys in the same object that hold something. */
  names(): ReadonlySet<string> {
    if (this.#owner === undefined) return NO_NAMES;
    const { object } = this.#owner;
    const known = filledNames.get(object) ?? namesOf(object);
    filledNames.set(object, known);
    return known;
  }

  /** The object holds texts or numbers: it is a record of something, not a list of switches. */
  isRecord(): boolean {
    if (this.#owner === undefined) return false;
    const { object } = this.#owner;
    const known = records.get(object) ?? object.values.map(untyped).some((value) => isScalar(value) && value !== "");
    records.set(object, known);
    return known;
  }

  /** What the nearest object that says so calls itself (`resourceType`, `kind`, `@type`, `object`), in lower case; "" where none does. */
  kind(): string {
    for (let owner = this.#owner; owner !== undefined; owner = owner.above) {
      for (const name of KIND_NAMES) {
        const said = textOf(memberOf(owner.object, name));
        if (said !== undefined && said !== "") return said;
      }
    }
    return "";
  }

  /**
   * The object holds labels or prose under the names of fields (a form, a bundle of translations, a list of faults): at least three texts,
   * and half of them repeat a word of their key or are sentences.
   */
  isLabels(): boolean {
    if (this.#owner === undefined) return false;
    const { object } = this.#owner;
    const known = labelBundles.get(object) ?? looksLikeLabels(object);
    labelBundles.set(object, known);
    return known;
  }

  #up(levels: number): Owner | undefined {
    let owner = this.#owner;
    for (let level = 0; level < levels && owner !== undefined; level += 1) owner = owner.above;
    return owner;
  }
}

/** Of a part of a text, and of a key. */
export const NOWHERE_NEAR = new Near(undefined);

export function nearOf(owner: Owner | undefined): Near {
  return owner === undefined ? NOWHERE_NEAR : new Near(owner);
}

function memberOf({ keys, values }: DocumentObject, name: string): DocumentNode | undefined {
  const at = placesOf(keys).get(name);
  return at === undefined ? undefined : values[at];
}

/** Where the key of these words stands, the first one where there are several. Records share their keys, so they are taken apart once. */
function placesOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const known = placesByKeys.get(keys);
  if (known !== undefined) return known;
  const places = new Map<string, number>();
  for (const [at, key] of keys.slice(0, MAX_KEYS).entries()) {
    const words = key.length <= MAX_KEY ? wordsOf(key) : "";
    if (words !== "" && !places.has(words)) places.set(words, at);
  }
  placesByKeys.set(keys, places);
  return places;
}

function namesOf({ keys, values }: DocumentObject): ReadonlySet<string> {
  const filled = keys.filter((_, at) => values[at] !== null && values[at] !== "");
  return new Set(filled.slice(0, MAX_MEMBERS).map(wordsOf));
}

function textOf(sent: DocumentNode | undefined): string | undefined {
  const node = untyped(sent);
  return isScalar(node) ? scalarText(node).trim().slice(0, MAX_TEXT).toLowerCase() : undefined;
}

function scalarsBelow(node: DocumentNode | undefined): readonly string[] {
  const texts: string[] = [];
  let level: readonly (DocumentNode | undefined)[] = [node];
  for (let depth = 0; depth <= MAX_BELOW && level.length > 0; depth += 1) {
    texts.push(...level.map(textOf).filter((text) => text !== undefined));
    level = level.flatMap((one) => nodesIn(one).slice(0, MAX_TEXTS)).slice(0, MAX_TEXTS);
  }
  return texts.slice(0, MAX_TEXTS);
}

function nodesIn(node: DocumentNode | undefined): readonly DocumentNode[] {
  if (node instanceof DocumentObject) return node.values;
  return Array.isArray(node) ? node : [];
}

function looksLikeLabels({ keys, values }: DocumentObject): boolean {
  let texts = 0;
  let labels = 0;
  for (const [at, value] of values.slice(0, MAX_MEMBERS).entries()) {
    if (typeof value !== "string" || value === "") continue;
    texts += 1;
    if (isLabelOf(value.slice(0, MAX_LABEL), keys[at] ?? "")) labels += 1;
  }
  return texts >= 3 && labels * 2 >= texts;
}

function isLabelOf(text: string, key: string): boolean {
  if (SENTENCE.test(text)) return true;
  const words = wordsOf(text).split(" ");
  const named = wordsOf(key).split(" ");
  return words.length <= 4 && words.some((word) => word.length > 2 && named.includes(word));
}

const KIND_NAMES = ["resource type", "kind", "type", "object"];
const NO_NAMES: ReadonlySet<string> = new Set();
const filledNames = new WeakMap<DocumentObject, ReadonlySet<string>>();
const placesByKeys = new WeakMap<readonly string[], ReadonlyMap<string, number>>();
const records = new WeakMap<DocumentObject, boolean>();
const labelBundles = new WeakMap<DocumentObject, boolean>();
const MAX_KEY = 64;
const MAX_KEYS = 2000;
const MAX_TEXT = 64;
const MAX_BELOW = 3;
const MAX_TEXTS = 16;
const MAX_MEMBERS = 200;
const MAX_LABEL = 200;
/** A capital, four words and more, and a full stop, or a slot for a value. */
const SENTENCE = /^\p{Lu}\p{L}*(?:[ ,]+[^\s,]+){3,}[.!?…]$|\{\{?\w+\}?\}|%[sd@]/u;
