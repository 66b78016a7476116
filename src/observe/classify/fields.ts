import { type DocumentNode, DocumentObject, isScalar, NumberText, type Scalar } from "./document.ts";
import { isDynamicKey, isMap } from "./maps.ts";
import { wordsOf } from "./names.ts";
import type { Owner } from "./near.ts";
import { elementPath, mapPath, memberPath, ROOT } from "./paths.ts";

/** Everything that stands at one path, over all records. */
export interface Field {
  readonly path: string;
  /** JSON types, sorted. */
  readonly types: readonly string[];
  readonly values: readonly Scalar[];
  /** The object that holds each of them, in the same order; undefined at the top. */
  readonly owners: readonly (Owner | undefined)[];
  /** Dynamic keys, with a path that ends in `{}`: values like any other. */
  readonly keys: readonly string[];
  readonly surroundings: Surroundings;
}

/** What the names around a value say. All of them as `wordsOf` writes them. */
export interface Surroundings {
  /** Of the nearest key; "" at the top. */
  readonly name: string;
  /** Of the keys above it, nearest first. */
  readonly above: readonly string[];
  /** Of the fields beside it, itself included. */
  readonly beside: ReadonlySet<string>;
}

export interface Fields {
  /** Sorted by path. */
  readonly fields: readonly Field[];
  /** Paths of the nodes that are maps, sorted. */
  readonly maps: readonly string[];
  /** Nothing was left out for its number. */
  readonly complete: boolean;
}

export interface FieldLimits {
  readonly maxNodes: number;
  readonly maxPaths: number;
}

/**
 * A document path by path, from the top down: all values of one path are looked at together, so that a map can be told from an
 * object. Without recursion; the order of keys in the document changes nothing.
 */
export function fieldsOf(document: DocumentNode, knownMaps: ReadonlySet<string>, { maxNodes, maxPaths }: FieldLimits): Fields {
  const fields: Field[] = [];
  const maps: string[] = [];
  const places: Place[] = [{ path: ROOT, members: [{ node: document, owner: undefined }], keys: [], surroundings: TOP }];
  let nodes = 0;
  let complete = true;
  for (const place of places) {
    const members = place.members.slice(0, maxNodes - nodes);
    nodes += members.length;
    if (members.length < place.members.length) complete = false;
    const seen = { ...place, members };
    fields.push(fieldAt(seen));
    for (const inner of [...elementsOf(seen), ...membersOf(seen, knownMaps, maps)]) {
      if (places.length < maxPaths) places.push(inner);
      else complete = false;
    }
  }
  return { fields: fields.sort(byPath), maps: maps.sort(), complete };
}

interface Place {
  readonly path: string;
  readonly members: readonly Member[];
  readonly keys: readonly string[];
  readonly surroundings: Surroundings;
}

interface Member {
  readonly node: DocumentNode;
  readonly owner: Owner | undefined;
}

function fieldAt({ path, members, keys, surroundings }: Place): Field {
  const types = [...new Set(members.map(({ node }) => jsonType(node)))].sort();
  const values: Scalar[] = [];
  const owners: (Owner | undefined)[] = [];
  for (const { node, owner } of members) {
    if (!isScalar(node)) continue;
    values.push(node);
    owners.push(owner);
  }
  return { path, types, values, owners, keys, surroundings };
}

function elementsOf({ path, members, surroundings }: Place): readonly Place[] {
  const elements: Member[] = [];
  for (const { node, owner } of members) {
    if (isList(node)) for (const element of node) elements.push({ node: element, owner });
  }
  return elements.length === 0 ? [] : [{ path: elementPath(path), members: elements, keys: [], surroundings }];
}

function membersOf(place: Place, knownMaps: ReadonlySet<string>, maps: string[]): readonly Place[] {
  const { path, surroundings } = place;
  const owners = place.members.flatMap(({ node, owner }): readonly Owner[] =>
    node instanceof DocumentObject ? [{ object: node, above: owner }] : [],
  );
  if (owners.length === 0) return [];
  const map = knownMaps.has(path) || isMap(owners.map(({ object }) => object));
  if (map) maps.push(path);
  const dynamic: { readonly keys: string[]; readonly members: Member[] } = { keys: [], members: [] };
  const byKey = new Map<string, Member[]>();
  for (const owner of owners) {
    for (const [at, key] of owner.object.keys.entries()) {
      const member = { node: owner.object.values[at] ?? null, owner };
      if (map || isDynamicKey(key)) {
        dynamic.keys.push(key);
        dynamic.members.push(member);
      } else {
        const members = byKey.get(key);
        if (members === undefined) byKey.set(key, [member]);
        else members.push(member);
      }
    }
  }
  const beside = new Set([...byKey.keys()].map(wordsOf));
  const above = [surroundings.name, ...surroundings.above].slice(0, MAX_ABOVE);
  const named = [...byKey].map(([key, members]) => ({
    path: memberPath(path, key),
    members,
    keys: [],
    surroundings: { name: wordsOf(key), above, beside },
  }));
  const unnamed = dynamic.keys.length === 0 ? [] : [{ path: mapPath(path), ...dynamic, surroundings }];
  return [...named, ...unnamed].sort(byPath);
}

function jsonType(node: DocumentNode): string {
  if (node === null) return "null";
  if (node instanceof NumberText) return "number";
  return isList(node) ? "array" : typeof node;
}

function isList(node: DocumentNode): node is readonly DocumentNode[] {
  return Array.isArray(node);
}

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}

const MAX_ABOVE = 6;
const TOP: Surroundings = { name: "", above: [], beside: new Set() };
