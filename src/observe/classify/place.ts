import { elementPath, mapPath, memberPath, ROOT } from "../../model/path-grammar.ts";
import { type DocumentNode, DocumentObject, NumberText } from "./document.ts";
import { wordsOf } from "./names.ts";
import type { Owner } from "./near.ts";
import type { Piece } from "./read/document-builder.ts";

/** What the names around a value say. All of them as `wordsOf` writes them. */
export interface Surroundings {
  /** Of the nearest key; "" at the top. */
  readonly name: string;
  /** Of the keys above it, nearest first. */
  readonly above: readonly string[];
  /** Of the fields beside it, itself included. */
  readonly beside: ReadonlySet<string>;
}

/** Of what stands under no name. */
export const NOWHERE: Surroundings = { name: "", above: [], beside: new Set() };

/** What stands at one place in one piece of a body. */
export interface Batch {
  readonly nodes: readonly DocumentNode[];
  /** The object that holds each of them; undefined at the top. */
  readonly owners: readonly (Owner | undefined)[];
  /** Dynamic keys that led here. */
  readonly keys: readonly string[];
}

/** Looks at all values of one place. */
export interface Watch {
  add(batch: Batch): void;
}

/** One path of a body: how much stands there, and where it goes on from there. */
export class Place<W extends Watch = Watch> {
  readonly above: Place<W> | undefined;
  readonly step: Step;
  readonly surroundings: Surroundings;
  readonly watch: W;
  /** By key. */
  readonly members = new Map<string, Place<W>>();
  elements: Place<W> | undefined;
  dynamic: Place<W> | undefined;
  /** Map with dynamic keys or object with fields: decided once, by the first objects that come. */
  isMap: boolean | undefined;
  /** Some keys of its objects may be names of people, and are told from fields one by one. Decided likewise. */
  arePeopleAmong: boolean | undefined;
  /** An element of XML of which there may be several. */
  isListed = false;
  /** How often something stands here; neither null nor empty; UTF-8 octets of the scalars. */
  seen = 0;
  filled = 0;
  octets = 0;
  /** Objects here, and keys in all of them together. */
  objects = 0;
  keys = 0;
  /** Of the arrays here. */
  longest = 0;
  /** In an object here, a key came twice. */
  isDoubled = false;
  /** What is still to be looked at. */
  inbox: Inbox = new Inbox();
  /** The last number or text of digits. */
  last: DocumentNode = null;
  readonly #beside: Set<string>;
  #types = 0;
  #length = 0;

  constructor(watchOf: (surroundings: Surroundings) => W, above?: Place<W>, step: Step = { kind: "root" }) {
    this.above = above;
    this.step = step;
    this.surroundings = surroundingsOf(above, step);
    this.#beside = new Set();
    this.watch = watchOf(this.surroundings);
  }

  /** Names of the members: one set for all of them, which grows; the first 256. */
  get beside(): ReadonlySet<string> {
    return this.#beside;
  }

  addMember(key: string, place: Place<W>): void {
    this.members.set(key, place);
    if (this.#beside.size < MAX_BESIDE) this.#beside.add(place.surroundings.name);
  }

  get path(): string {
    const { above, step, isListed } = this;
    const parent = above?.path ?? ROOT;
    if (step.kind === "member") return isListed ? elementPath(memberPath(parent, step.key)) : memberPath(parent, step.key);
    if (step.kind === "element") return elementPath(parent);
    return step.kind === "dynamic" ? mapPath(parent) : ROOT;
  }

  /** JSON types, sorted. */
  get types(): readonly string[] {
    return TYPES.filter((_type, at) => (this.#types & (1 << at)) !== 0);
  }

  take(batch: Batch, piece: Piece): void {
    this.#count(batch.nodes, piece);
    this.watch.add(batch);
  }

  /** `more`: of a list that began earlier. */
  countListed(length: number, more: boolean): void {
    this.#length = more ? this.#length + length : length;
    if (this.#length > this.longest) this.longest = this.#length;
  }

  #count(nodes: readonly DocumentNode[], piece: Piece): void {
    this.seen += nodes.length;
    for (const node of nodes) {
      if (typeof node === "string") this.#countText(node, piece);
      else if (typeof node === "number") this.#countScalar(NUMBER, digits(node), node);
      else if (typeof node === "boolean") this.#countScalar(BOOLEAN, node ? TRUE_LENGTH : FALSE_LENGTH, node);
      else if (node === null) this.#types |= NULL;
      else if (node instanceof NumberText) this.#countScalar(NUMBER, node.text.length, node);
      else this.#countContainer(node, piece);
    }
  }

  #countText(text: string, { ascii, shortened }: Piece): void {
    this.#types |= STRING;
    if (text === "") return;
    this.filled += 1;
    this.octets += ascii ? text.length : Buffer.byteLength(text);
    this.last = text;
    if (shortened.size > 0) this.octets += shortened.get(text) ?? 0;
  }

  #countScalar(type: number, octets: number, node: DocumentNode): void {
    this.#types |= type;
    this.filled += 1;
    this.octets += octets;
    this.last = node;
  }

  /** One that began in an earlier piece was counted there. */
  #countContainer(node: DocumentObject | readonly DocumentNode[], { continued, doubled }: Piece): void {
    const isNew = continued.size === 0 || !continued.has(node);
    const isObject = node instanceof DocumentObject;
    const length = isObject ? node.keys.length : node.length;
    if (isNew && length > 0) this.filled += 1;
    this.#types |= isObject ? OBJECT : ARRAY;
    if (!isObject) {
      this.countListed(length, !isNew);
      return;
    }
    if (isNew) this.objects += 1;
    this.keys += length - node.repeated;
    if (doubled.size > 0 && doubled.has(node)) this.isDoubled = true;
  }
}

export class Inbox implements Batch {
  nodes: DocumentNode[] = [];
  owners: (Owner | undefined)[] = [];
  keys: string[] = [];
}

/** How a place is reached from the one above. */
export type Step =
  | { readonly kind: "root" | "dynamic" }
  /** `named`: the elements say themselves what they are called, as those of a jCard's property do. */
  | { readonly kind: "element"; readonly named?: true }
  /** `typed`: the key says the type of the value and nothing else. */
  | { readonly kind: "member"; readonly key: string; readonly typed?: true };

function surroundingsOf(above: Pick<Place, "surroundings" | "beside"> | undefined, step: Step): Surroundings {
  if (above === undefined) return NOWHERE;
  if (step.kind === "element" && step.named === true) return { ...above.surroundings, name: NAMED_BESIDE };
  if (step.kind !== "member" || step.typed === true) return above.surroundings;
  const { surroundings, beside } = above;
  return { name: wordsOf(step.key), above: [surroundings.name, ...surroundings.above].slice(0, MAX_ABOVE), beside };
}

/** Characters of a number as JavaScript writes it. */
function digits(value: number): number {
  if (value < 0 || value >= 1e15) return String(value).length;
  if (Number.isInteger(value)) return wholeDigits(value);
  // Prices and measures have few decimals; to write a number out takes long.
  for (let decimals = 1, scale = 10; decimals <= 3; decimals += 1, scale *= 10) {
    if (Math.round(value * scale) / scale === value) return wholeDigits(Math.floor(value)) + 1 + decimals;
  }
  return String(value).length;
}

function wholeDigits(value: number): number {
  let length = 1;
  for (let power = 10; power <= value; power *= 10) length += 1;
  return length;
}

/** The name of a value that is called as the record beside it says. */
const NAMED_BESIDE = "value";
const TRUE_LENGTH = 4;
const FALSE_LENGTH = 5;
const TYPES = ["array", "boolean", "null", "number", "object", "string"];
const ARRAY = 1;
const BOOLEAN = 2;
const NULL = 4;
const NUMBER = 8;
const OBJECT = 16;
const STRING = 32;
const MAX_ABOVE = 6;
const MAX_BESIDE = 256;
