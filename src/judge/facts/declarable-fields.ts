import { isDeclarable, MOST_DECLARED_PATHS, parentPath } from "../../model/declared-path.ts";
import type { ProposedField } from "../../model/proposal.ts";

/**
 * The fields as an inventory takes them: a path that is too long gives way to all that stands below the nearest place above it, and where there are too many
 * paths, so do the smallest places that are enough. What cannot be written at all is marked. Sorted by path.
 *
 * @param fields sorted by path, none of them a secret
 * @param mayStand whether an inventory takes this text at all
 */
export function declarableFields(
  fields: readonly ProposedField[],
  mayStand: (text: string) => boolean,
  most: number = MOST_DECLARED_PATHS,
): readonly ProposedField[] {
  const isWritable = (path: string) => isDeclarable(path) && mayStand(path);
  const root = new Place("$");
  const unwritable: ProposedField[] = [];
  const covering = throughMixed(fields);
  for (const field of fields) {
    if (covering.has(field)) continue;
    const place = isWritable(field.path) ? field.path : placeAbove(field.path, isWritable);
    if (place === undefined) unwritable.push(field);
    else root.at(place).take(field, place !== field.path);
  }
  reduce(root, root.lines() - most);
  const named = [...root.fields(), ...unwritable].sort((one, other) => (one.path < other.path ? -1 : 1));
  const writable = named.map((field): ProposedField => (isWritable(field.path) ? field : { ...field, unwritable: true }));
  const more = [...covering].map((field): ProposedField => ({ ...field, coversMore: true }));
  return [...writable, ...more].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Fields below a key that is data, where named fields stand beside that key. */
function throughMixed(fields: readonly ProposedField[]): ReadonlySet<ProposedField> {
  const steps = fields.map(({ path }) => prefixesOf(path));
  const placesOf = (isSuch: (path: string) => boolean) => new Set(steps.flat().flatMap((path) => (isSuch(path) ? [parentPath(path)] : [])));
  const named = placesOf((path) => !path.endsWith("{}") && !path.endsWith("[]"));
  const isMixed = (path: string) => path.endsWith("{}") && named.has(parentPath(path));
  return new Set(fields.filter((_, at) => steps[at]?.some(isMixed) === true));
}

function prefixesOf(path: string): readonly string[] {
  const prefixes: string[] = [];
  for (let above: string | undefined = path; above !== undefined; above = parentPath(above)) prefixes.push(above);
  return prefixes;
}

/** The nearest place above that can be written with `.*`; undefined where that is the whole answer, or its records. */
function placeAbove(path: string, isWritable: (path: string) => boolean): string | undefined {
  for (let above = parentPath(path); above !== undefined && !WHOLE.test(above); above = parentPath(above)) {
    if (isWritable(`${above}${BELOW}`)) return above;
  }
  return undefined;
}

/** Takes so many lines away, from as small a place as can give them. */
function reduce(place: Place, lines: number): void {
  if (lines <= 0) return;
  const inner = place.inner();
  if (inner.reduce((sum, one) => sum + one.lines - 1, 0) < lines) {
    place.close();
    return;
  }
  let missing = lines;
  for (const [index, largest] of inner.entries()) {
    if (largest.lines > missing) {
      const smallest = inner.slice(index).findLast((one) => one.lines > missing) ?? largest;
      reduce(smallest.place, missing);
      return;
    }
    largest.place.close();
    missing -= largest.lines - 1;
  }
}

/** A place in the answer, with the fields that are proposed there and below. */
class Place {
  readonly path: string;
  readonly #places = new Map<string, Place>();
  #own: ProposedField[] = [];
  #isWhole = false;

  constructor(path: string) {
    this.path = path;
  }

  at(path: string): Place {
    let place: Place = this;
    for (const step of prefixesOf(path).toReversed().slice(1)) place = place.#within(step);
    return place;
  }

  take(field: ProposedField, whole: boolean): void {
    this.#own.push(field);
    if (whole) this.#isWhole = true;
  }

  /** How many it takes to declare what is there. */
  lines(): number {
    if (this.#isWhole) return 1;
    return this.#own.length + [...this.#places.values()].reduce((sum, place) => sum + place.lines(), 0);
  }

  /** The places right below that take more than one line, those with most first. */
  inner(): readonly { readonly place: Place; readonly lines: number }[] {
    const places = [...this.#places.values()].map((place) => ({ place, lines: place.lines() }));
    return places.filter(({ lines }) => lines > 1).sort((one, other) => other.lines - one.lines);
  }

  /** From now on, one line stands for all of it. */
  close(): void {
    this.#isWhole = true;
  }

  fields(): readonly ProposedField[] {
    if (!this.#isWhole) return [...this.#own, ...[...this.#places.values()].flatMap((place) => place.fields())];
    const all = this.#all();
    const classes = new Map<string, ProposedField["classes"][number]>();
    for (const found of all.flatMap((field) => field.classes)) {
      classes.set(found.class, { class: found.class, masked: found.masked && classes.get(found.class)?.masked !== false });
    }
    const sorted = [...classes.values()].sort((one, other) => (one.class < other.class ? -1 : 1));
    return [{ path: `${this.path}${BELOW}`, classes: sorted, standsFor: all.length }];
  }

  #all(): readonly ProposedField[] {
    return [...this.#own, ...[...this.#places.values()].flatMap((place) => place.#all())];
  }

  #within(path: string): Place {
    const known = this.#places.get(path) ?? new Place(path);
    this.#places.set(path, known);
    return known;
  }
}

const BELOW = ".*";
const WHOLE = /^\$(?:\[\]|\{\})*$/;
