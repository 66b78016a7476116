import type { Surroundings } from "../fields.ts";

/** What only the names around a value decide is found once for all values of a field. */
export function bySurroundings<Found>(find: (surroundings: Surroundings) => Found): (surroundings: Surroundings) => Found {
  const known = new WeakMap<Surroundings, { readonly found: Found }>();
  return (surroundings) => {
    const entry = known.get(surroundings) ?? { found: find(surroundings) };
    known.set(surroundings, entry);
    return entry.found;
  };
}
