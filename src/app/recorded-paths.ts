import { isNoWord, isRootPart, isShownPart } from "../observe/classify/shown-path.ts";

/** How the path of a recorded URL is shown. */
export type ShowPath = (url: URL) => string;

/**
 * Paths without what may be a value: `/users/{}/orders`. Hidden are identifiers and whatever has signs or digits of values; what stands behind the name of
 * a collection of persons or companies (`users`, `customer`, `u`), or an act that is asked for in a letter (`reset`), unless it is a word of interfaces (`me`,
 * `search`); given names; and words that name no field, of which several stand in one place of what was recorded (`urls`). Nothing of a query, a fragment or
 * userinfo is shown.
 */
export function pathsAmong(urls: readonly URL[]): ShowPath {
  const several = placesOfSeveral(urls);
  return (url) =>
    placesOf(url)
      .map(({ part, place, isShown }) => (isShown && !(several.has(place) && isNoWord(part)) ? part : "{}"))
      .join("/");
}

/** Where two words stand that name no field, behind something else than the beginning of an interface. */
function placesOfSeveral(urls: readonly URL[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const several = new Set<string>();
  for (const { part, before, place } of urls.flatMap(placesOf)) {
    if (isRootPart(before) || !isNoWord(part) || first.size >= MOST_PLACES) continue;
    const other = first.get(place);
    if (other === undefined) first.set(place, part);
    else if (other !== part) several.add(place);
  }
  return several;
}

interface PlacedPart {
  readonly part: string;
  readonly before: string;
  /** Origin and what is shown of the parts before it. */
  readonly place: string;
  readonly isShown: boolean;
}

function placesOf(url: URL): readonly PlacedPart[] {
  const parts = url.pathname.split("/", MOST_PARTS);
  let place = url.origin;
  return parts.map((part, at) => {
    const placed = { part, before: parts[at - 1] ?? "", place, isShown: isShownPart(parts, at) };
    place += `/${placed.isShown ? part : "{}"}`;
    return placed;
  });
}

const MOST_PARTS = 64;
const MOST_PLACES = 20_000;
