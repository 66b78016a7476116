import type { BodyFacts } from "../../evidence/kinds.ts";
import { type DocumentNode, NumberText } from "./document.ts";
import { wordsOf } from "./names.ts";
import type { Place, Watch } from "./place.ts";

/**
 * The main array: that of a format that says which it is (JSON:API, HAL, GraphQL, FHIR), else the largest array of objects that share 60 % of their keys,
 * else the longest one that stands highest. Undefined where there is none. Its length is the number of records.
 */
export function mainArrayOf(root: Place<Watch>): Place<Watch> | undefined {
  if (root.types.includes("array") && root.objects === 0) return root;
  const wellKnown = wellKnownArray(root);
  if (wellKnown !== undefined) return wellKnown;
  const levels = arraysByLevel(root);
  const alike = levels.flat().filter(holdsAlike);
  const [highest = []] = levels.filter((places) => places.length > 0);
  return longestOf(alike.length > 0 ? alike : highest);
}

/** How many records there are in all, as the body says at its top, beside the main array, or in a frame of either (`meta`, `page`). */
export function totalOf(root: Place<Watch>, main: Place<Watch> | undefined): BodyFacts["total"] {
  const tops = main?.above === undefined || main.above === root ? [root] : [root, main.above];
  const inner = tops.flatMap(membersOf).filter(({ place, key }) => FRAMES.has(wordsOf(key)) && place.objects > 0);
  for (const frame of [...tops, ...inner.map(({ place }) => place)]) {
    const total = totalIn(frame, main);
    if (total !== undefined) return total;
  }
  return undefined;
}

/** A bare `total` may be a sum of money: it counts beside a list that is no longer, and where nothing speaks of money. */
function totalIn(frame: Place<Watch>, main: Place<Watch> | undefined): number | undefined {
  const members = membersOf(frame).map(({ key, place }) => ({ words: wordsOf(key), total: numberOf(place.last) }));
  const isMoney = members.some(({ words }) => words.split(" ").some((word) => MONEY.has(word)));
  const found = members.find(({ words, total }) => {
    if (total === undefined || total < (main?.longest ?? 0)) return false;
    return TOTALS.has(words) || (BARE_TOTALS.has(words) && main !== undefined && !isMoney);
  });
  return found?.total;
}

function wellKnownArray(root: Place<Watch>): Place<Watch> | undefined {
  const embedded = root.members.get("_embedded");
  if (embedded !== undefined) return longestOf(membersOf(embedded).map(({ place }) => place));
  if (root.members.has("resourceType")) return longestOf([root.members.get("entry")]);
  const data = root.members.get("data");
  const isJsonApi = root.members.has("jsonapi") || root.members.has("included") || data?.elements?.members.has("attributes") === true;
  if (isJsonApi) return longestOf([data]);
  // Connections of GraphQL stand anywhere below `data`.
  const levels = [data].flatMap((place) => (place === undefined ? [] : [place, ...below(place), ...below(place).flatMap(below)]));
  return longestOf(levels.flatMap((place) => [place.members.get("edges")]));
}

function longestOf(places: readonly (Place<Watch> | undefined)[]): Place<Watch> | undefined {
  const arrays = places.filter((place) => place !== undefined).filter((place) => place.isListed || place.types.includes("array"));
  return arrays.toSorted((one, other) => other.longest - one.longest)[0];
}

/** Arrays that stand alone, and hold objects or nothing: those right below the root, then one level deeper, ... */
function arraysByLevel(root: Place<Watch>): readonly (readonly Place<Watch>[])[] {
  const levels: (readonly Place<Watch>[])[] = [];
  let places: readonly Place<Watch>[] = [root];
  for (let depth = 0; depth < RECORDS_DEPTH.xml; depth += 1) {
    places = places.filter((place) => !place.isListed).flatMap(below);
    const arrays = places.filter((place) => place.types.includes("array") && (place.longest === 0 || holdsObjects(place)));
    levels.push([...places.filter((place) => place.isListed), ...(depth < RECORDS_DEPTH.json ? arrays : [])]);
  }
  return levels;
}

function holdsObjects(place: Place<Watch>): boolean {
  return (place.elements?.objects ?? 0) > 0 || place.elements?.types.includes("array") === true;
}

function holdsAlike(place: Place<Watch>): boolean {
  const { elements = place } = place;
  return elements.objects > 0 && elements.members.size > 0 && elements.keys >= ALIKE * elements.objects * elements.members.size;
}

function below(place: Place<Watch>): readonly Place<Watch>[] {
  return membersOf(place).map((member) => member.place);
}

function membersOf(place: Place<Watch>): readonly { readonly key: string; readonly place: Place<Watch> }[] {
  return [...place.members].map(([key, member]) => ({ key, place: member }));
}

function numberOf(node: DocumentNode): number | undefined {
  const value = node instanceof NumberText ? Number(node.text) : typeof node === "string" && /^\d{1,15}$/.test(node) ? Number(node) : node;
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TOTAL ? value : undefined;
}

/** What is more is no number of records: an identifier or a telephone number, which is nobody's to keep. */
const MAX_TOTAL = 1e9;
const ALIKE = 0.6;
/** Envelopes of XML are deeper than those of JSON. */
const RECORDS_DEPTH = { json: 3, xml: 6 };
/** As `wordsOf` writes them, which cuts plurals. */
const TOTALS: ReadonlySet<string> = new Set(
  (
    "total count,total record,total result,total item,total element,total entry,total row,total hit,total size,total object," +
    "record total,count total,odata count,result count,number of result,hit count"
  ).split(","),
);
const BARE_TOTALS: ReadonlySet<string> = new Set(["total", "found"]);
const MONEY: ReadonlySet<string> = new Set("currency amount subtotal tax price discount shipping vat paid due balance".split(" "));
const FRAMES: ReadonlySet<string> = new Set(
  "meta,metadata,page,pagination,paging,page info,response metadata,pager,cursor,hit,link,summary,header,data".split(","),
);
