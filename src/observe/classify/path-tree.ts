import { cardOwners, isCardProperty } from "./card-properties.ts";
import { type DocumentNode, DocumentObject } from "./document.ts";
import { namesAmong } from "./key-names.ts";
import { isListedElement } from "./listed-elements.ts";
import { arePeopleAmong, isDynamicKey, isMap } from "./maps.ts";
import type { Owner } from "./near.ts";
import { type Batch, Inbox, Place, type Surroundings, type Watch } from "./place.ts";
import type { Piece } from "./read/document-builder.ts";
import { OWN_TEXT } from "./read/xml-reader.ts";
import { isTypedValue } from "./typed-values.ts";

export interface TreeOptions<W extends Watch> {
  /** Looks at the values of a place that was not there before. */
  readonly watchOf: (surroundings: Surroundings) => W;
  /** Paths that earlier runs took for maps. */
  readonly knownMaps: ReadonlySet<string>;
  readonly maxPaths: number;
  readonly maxNodes?: number;
}

/**
 * A body path by path, from the top down: all values of one path are looked at together, so that a map can be told from an object. It comes in
 * pieces, and what was decided by the first of them stays. Without recursion; the order of keys in an object changes nothing.
 */
export class PathTree<W extends Watch> {
  /** Nothing was left out for its number. */
  complete = true;
  readonly #options: TreeOptions<W>;
  readonly #places: Place<W>[];
  readonly #layouts = new Map<Place<W>, Layouts<W>>();
  #nodesLeft: number;

  constructor(options: TreeOptions<W>) {
    this.#options = options;
    this.#places = [new Place(options.watchOf)];
    this.#nodesLeft = options.maxNodes ?? Number.POSITIVE_INFINITY;
  }

  /** Sorted by path. */
  places(): readonly { readonly path: string; readonly place: Place<W> }[] {
    return this.#places.map((place) => ({ path: place.path, place })).sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  feed(piece: Piece): void {
    const [root] = this.#places;
    if (root === undefined) return;
    root.inbox.nodes.push(piece.document);
    root.inbox.owners.push(undefined);
    const queue = [root];
    for (const place of queue) {
      const batch = this.#limited(place.inbox);
      place.inbox = new Inbox();
      place.take(batch, piece);
      this.#enter(place, batch, queue, piece);
    }
  }

  #limited(batch: Batch): Batch {
    const { nodes, owners, keys } = batch;
    const left = this.#nodesLeft;
    this.#nodesLeft -= Math.min(left, nodes.length);
    if (nodes.length <= left) return batch;
    this.complete = false;
    return { nodes: nodes.slice(0, left), owners: owners.slice(0, left), keys: keys.slice(0, left) };
  }

  /** Hands what stands inside arrays and objects on to the places below. */
  #enter(place: Place<W>, { nodes, owners }: Batch, queue: Place<W>[], piece: Piece): void {
    let objects: Owner[] | undefined;
    for (let at = 0; at < nodes.length; at += 1) {
      const node = nodes[at];
      if (typeof node !== "object" || node === null) continue;
      if (node instanceof DocumentObject) {
        objects ??= [];
        objects.push({ object: node, above: owners[at] });
      } else if (Array.isArray(node)) {
        this.#enterArray(place, node, owners[at], queue);
      }
    }
    if (objects !== undefined) this.#enterObjects(place, objects, queue, piece);
  }

  #enterArray(place: Place<W>, elements: readonly DocumentNode[], owner: Owner | undefined, queue: Place<W>[]): void {
    if (elements.length === 0) return;
    place.elements ??= this.#newPlace(place, isCardProperty(elements) ? { kind: "element", named: true } : { kind: "element" });
    const { elements: below } = place;
    if (below === undefined) return;
    const { nodes, owners } = below.inbox;
    if (nodes.length === 0) queue.push(below);
    const cards = cardOwners(elements, owner);
    for (const [at, element] of elements.entries()) {
      nodes.push(element);
      owners.push(cards?.[at] ?? owner);
    }
  }

  #enterObjects(place: Place<W>, owners: readonly Owner[], queue: Place<W>[], { isMarkup, continued }: Piece): void {
    if (isMarkup) place.isMap = false;
    if (place.isMap === undefined || place.arePeopleAmong === undefined) this.#decide(place, owners);
    const layouts = this.#layoutsOf(place);
    const keys = isMarkup ? undefined : commonKeys(owners);
    if (keys !== undefined && handOnColumns(owners, layouts.of(keys), queue)) return;
    for (const owner of owners) {
      const { keys, repeated } = owner.object;
      let layout = layouts.of(keys);
      if (layout === undefined) {
        layout = isMarkup ? this.#markupLayoutOf(place, keys) : this.#layoutOf(place, keys);
        layouts.keep(keys, layout);
      }
      if (isMarkup) countListed(layout, repeated, continued.has(owner.object));
      handOn(owner, layout, place, queue);
    }
  }

  #decide(place: Place<W>, owners: readonly Owner[]): void {
    const objects = owners.map(({ object }) => object);
    const name = place.step.kind === "member" ? place.step.key : "";
    place.arePeopleAmong ??= place.isMap !== false && arePeopleAmong(objects, name);
    place.isMap ??= this.#options.knownMaps.has(place.path) || isMap(objects, name);
  }

  #layoutsOf(place: Place<W>): Layouts<W> {
    const known = this.#layouts.get(place);
    if (known !== undefined) return known;
    const layouts = new Layouts<W>();
    this.#layouts.set(place, layouts);
    return layouts;
  }

  /** Where each member of an object with these keys belongs. */
  #layoutOf(place: Place<W>, keys: readonly string[]): Layout<W> {
    const names = place.isMap === true ? NO_NAMES : namesAmong(keys, place.arePeopleAmong === true);
    return keys.map((key) => {
      if (place.isMap === true || names.has(key) || isDynamicKey(key)) return this.#dynamicOf(place);
      const known = place.members.get(key);
      if (known !== undefined) return known;
      if (!this.#hasRoomFor(place)) {
        this.complete = false;
        return this.#dynamicOf(place);
      }
      const member = this.#newPlace(place, isTypedValue(keys) ? { kind: "member", key, typed: true } : { kind: "member", key });
      if (member !== undefined) place.addMember(key, member);
      return member;
    });
  }

  #dynamicOf(place: Place<W>): Place<W> | undefined {
    place.dynamic ??= this.#newPlace(place, { kind: "dynamic" });
    return place.dynamic;
  }

  /** Keys of one object take no more than half of all paths, and leave some: what has no path of its own is looked at all the same, as the value of any key. */
  #hasRoomFor(place: Place<W>): boolean {
    const { maxPaths } = this.#options;
    return place.members.size < maxPaths / 2 && this.#places.length < maxPaths * 0.9;
  }

  /** An element that comes twice under one parent is one of a list, in whatever parent it stands; an element's own text stands where the element does. */
  #markupLayoutOf(place: Place<W>, keys: readonly string[]): Layout<W> {
    const layout = this.#layoutOf(
      place,
      keys.filter((key) => key !== OWN_TEXT),
    );
    const seen = new Set<Place<W>>();
    for (const below of layout) {
      if (below === undefined || below.step.kind !== "member") continue;
      const isListed = seen.has(below) || (place.step.kind === "member" && isListedElement(place.step.key, below.step.key));
      if (isListed && !below.step.key.startsWith("@")) below.isListed = true;
      seen.add(below);
    }
    const others = layout.values();
    return keys.map((key) => (key === OWN_TEXT ? place : others.next().value));
  }

  #newPlace(above: Place<W>, step: Place["step"]): Place<W> | undefined {
    if (this.#places.length >= this.#options.maxPaths) {
      this.complete = false;
      return undefined;
    }
    const place = new Place(this.#options.watchOf, above, step);
    this.#places.push(place);
    return place;
  }
}

/** It stands where the object stands that says its type. */
function isTyped<W extends Watch>({ step }: Place<W>): boolean {
  return step.kind === "member" && step.typed === true;
}

/** Of objects that all have the same; undefined where they do not. */
function commonKeys(owners: readonly Owner[]): readonly string[] | undefined {
  const keys = owners[0]?.object.keys;
  return owners.every(({ object }) => object.keys === keys && object.repeated === 0) ? keys : undefined;
}

/** Alike objects at once, member by member: they hold their own list of values. False where that cannot be done, and nothing was. */
function handOnColumns<W extends Watch>(owners: readonly Owner[], layout: Layout<W> | undefined, queue: Place<W>[]): boolean {
  if (layout === undefined || owners.length < 2) return false;
  const isPlain = (below: Place<W> | undefined) => below === undefined || (below.step.kind === "member" && below.inbox.nodes.length === 0);
  if (!layout.every(isPlain) || new Set(layout).size < layout.length) return false;
  for (const [column, below] of layout.entries()) {
    if (below === undefined) continue;
    below.inbox = {
      nodes: owners.map(({ object }) => object.values[column] ?? null),
      owners: isTyped(below) ? owners.map(({ above }) => above) : [...owners],
      keys: [],
    };
    queue.push(below);
  }
  return true;
}

/** Each member of an object to its place; those that an earlier piece has given are left out. */
function handOn<W extends Watch>(owner: Owner, layout: Layout<W>, place: Place<W>, queue: Place<W>[]): void {
  const { keys, values, repeated } = owner.object;
  for (let at = repeated; at < values.length; at += 1) {
    const below = layout[at];
    if (below === undefined) continue;
    const { inbox } = below;
    if (inbox.nodes.length === 0) queue.push(below);
    inbox.nodes.push(values[at] ?? null);
    inbox.owners.push(below === place || isTyped(below) ? owner.above : owner);
    if (below.step.kind === "dynamic") inbox.keys.push(keys[at] ?? "");
  }
}

/** How many elements of each list one parent has. */
function countListed<W extends Watch>(layout: Layout<W>, repeated: number, isContinued: boolean): void {
  const counts = new Map<Place<W>, number>();
  for (const below of layout.slice(repeated)) {
    if (below?.isListed === true) counts.set(below, (counts.get(below) ?? 0) + 1);
  }
  for (const [below, count] of counts) below.countListed(count, isContinued);
}

type Layout<W extends Watch> = readonly (Place<W> | undefined)[];

/** By keys that objects share: most of the objects at one place have the same. */
class Layouts<W extends Watch> {
  readonly #kept = new Map<readonly string[], Layout<W>>();
  #lastKeys: readonly string[] | undefined;
  #last: Layout<W> = [];

  of(keys: readonly string[]): Layout<W> | undefined {
    if (keys === this.#lastKeys) return this.#last;
    const layout = this.#kept.get(keys);
    if (layout !== undefined) this.#remember(keys, layout);
    return layout;
  }

  keep(keys: readonly string[], layout: Layout<W>): void {
    this.#remember(keys, layout);
    if (keys.length <= MAX_KEPT_KEYS && this.#kept.size < MAX_KEPT) this.#kept.set(keys, layout);
  }

  #remember(keys: readonly string[], layout: Layout<W>): void {
    this.#lastKeys = keys;
    this.#last = layout;
  }
}

const NO_NAMES: ReadonlySet<string> = new Set();
const MAX_KEPT = 64;
const MAX_KEPT_KEYS = 96;
