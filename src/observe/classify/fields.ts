import { type DocumentNode, isScalar, type Scalar } from "./document.ts";
import type { Owner } from "./near.ts";
import { PathTree } from "./path-tree.ts";
import type { Batch, Surroundings, Watch } from "./place.ts";
import type { Piece } from "./read/document-builder.ts";

export type { Surroundings } from "./place.ts";

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

/** The paths of a whole document. */
export function fieldsOf(document: DocumentNode, knownMaps: ReadonlySet<string>, limits: FieldLimits): Fields {
  const collector = fieldCollector(knownMaps, limits);
  collector.feed({ document, continued: NONE, doubled: NONE, ascii: false, isMarkup: false, shortened: new Map() });
  return collector.fields();
}

/** The same for a document that comes in pieces; all its values are held. */
export function fieldCollector(
  knownMaps: ReadonlySet<string>,
  { maxNodes, maxPaths }: FieldLimits,
): { readonly feed: (piece: Piece) => void; readonly fields: () => Fields } {
  const tree = new PathTree({ watchOf: () => new Collected(), knownMaps, maxNodes, maxPaths });
  return {
    feed: (piece) => tree.feed(piece),
    fields: () => {
      const places = tree.places();
      return {
        fields: places.map(({ path, place }) => ({ path, types: place.types, ...place.watch.all, surroundings: place.surroundings })),
        maps: places.filter(({ place }) => place.isMap === true).map(({ path }) => path),
        complete: tree.complete,
      };
    },
  };
}

class Collected implements Watch {
  readonly all: { readonly values: Scalar[]; readonly owners: (Owner | undefined)[]; readonly keys: string[] } = {
    values: [],
    owners: [],
    keys: [],
  };

  add({ nodes, owners, keys }: Batch): void {
    for (const [at, node] of nodes.entries()) {
      if (!isScalar(node)) continue;
      this.all.values.push(node);
      this.all.owners.push(owners[at]);
    }
    for (const key of keys) this.all.keys.push(key);
  }
}

const NONE: ReadonlySet<DocumentNode> = new Set();
