import { isGivenName } from "../observe/classify/detectors/personal/name-value.ts";
import { isFieldName } from "../observe/classify/field-words.ts";
import { isPersonsNoun, isPlural } from "../observe/classify/key-names.ts";
import { isDynamicKey } from "../observe/classify/maps.ts";

/** How the path of a recorded URL is shown. */
export type ShowPath = (url: URL) => string;

/**
 * Paths without what may be a value: `/users/{}/orders`. Hidden are identifiers and whatever has signs or digits of values; what stands behind the name of
 * a collection of persons or companies (`users`, `customer`, `u`) unless it is a word of interfaces (`me`, `search`); given names; and words that name no
 * field, of which several stand in one place of what was recorded (`urls`). Nothing of a query, a fragment or userinfo is shown.
 */
export function pathsAmong(urls: readonly URL[]): ShowPath {
  const several = placesOfSeveral(urls);
  return (url) =>
    placesOf(url)
      .map(({ part, place, isShown }) => (isShown && !(several.has(place) && isUnknown(part)) ? part : "{}"))
      .join("/");
}

/** Where two words stand that name no field, behind something else than the beginning of an interface. */
function placesOfSeveral(urls: readonly URL[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const several = new Set<string>();
  for (const { part, before, place } of urls.flatMap(placesOf)) {
    if (ROOTS.test(before) || !isUnknown(part) || first.size >= MOST_PLACES) continue;
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
    const placed = { part, before: parts[at - 1] ?? "", place, isShown: isShown(parts, at) };
    place += `/${placed.isShown ? part : "{}"}`;
    return placed;
  });
}

function isShown(parts: readonly string[], at: number): boolean {
  const part = parts[at] ?? "";
  if (part === "") return true;
  if (!isPlain(part) || (isGivenName(part) && !isFieldName(part))) return false;
  const [before = "", owner = ""] = [parts[at - 1], parts[at - 2]];
  if (FIXED.has(part.toLowerCase())) return true;
  // Repositories have owners: `/repos/acme/website`.
  if (REPOSITORIES.test(before) || REPOSITORIES.test(owner)) return false;
  if (SHORT_COLLECTIONS.test(before) || (/[a-z]s$/i.test(before) && /\d/.test(part) && !VERSION.test(part))) return false;
  if (!isPersonsNoun(before)) return true;
  return !isPlural(before) && isFieldName(part);
}

function isPlain(part: string): boolean {
  return part.length <= MAX_PART && /^[\w.~-]+$/.test(part) && !isDynamicKey(part) && !VALUES.some((shape) => shape.test(part));
}

function isUnknown(part: string): boolean {
  return part !== "" && !FIXED.has(part.toLowerCase()) && !isFieldName(part) && !isPlural(part) && !FILE.test(part) && !VERSION.test(part);
}

const MAX_PART = 64;
const MOST_PARTS = 64;
const MOST_PLACES = 20_000;
const FILE = /^[\w-]+\.(?:json|xml|csv|html?|php|aspx?|jsp|js|mjs|css|txt|ya?ml|do|svc|action|ashx|asmx|png|svg|ico|woff2?)$/i;
const VERSION = /^v?\d{1,3}(?:\.\d{1,3}){0,2}$/i;
const VALUES: readonly RegExp[] = [
  /\d{3}/,
  /^~/,
  // `AB-12`, `john.smith`; files keep their names.
  /^[a-z]{1,6}-\d+$/i,
  /\p{L}\.(?!(?:json|xml|csv|html?|php|aspx?|jsp|js|mjs|css|txt|ya?ml|do|svc|action|ashx|asmx|png|svg|ico|woff2?)$)\p{L}/iu,
];
/** What interfaces begin with. */
const ROOTS = /^(?:|api|rest|graphql|rpc|v\d+(?:\.\d+)*|services?|public|internal|external|admin|app|web|latest|stable|beta)$/i;
const REPOSITORIES = /^(?:repos|repositories)$/i;
const SHORT_COLLECTIONS = /^(?:u|usr|o|c|in|by-(?:name|email|login|username|slug)|name|username|login|email|slug|handle|profile)$/i;
/** Words of interfaces that stand in the place of somebody's name. */
const FIXED: ReadonlySet<string> = new Set(
  (
    "me self current mine myself whoami own search find lookup query filter count counts total stats statistics summary export exports import imports bulk batch list index all new create add update edit delete remove " +
    "login logout signin signout signup sign-in sign-up sign-out register registration invite invites invitation invitations verify verification confirm activate deactivate enable disable suspend unsuspend archive restore merge sync refresh " +
    "password passwords reset forgot forgot-password reset-password change-password change-email settings preferences profile profiles avatar avatars roles role permissions groups teams orgs organizations tags labels fields schema metadata meta " +
    "sessions session tokens token keys devices notifications subscriptions subscription status health active inactive deleted archived pending recent latest history events activity activities autocomplete suggest suggestions typeahead " +
    "validate availability available exists check duplicate duplicates upload download downloads report reports dashboard overview types type default public private changes delta updates paginated page pages user users"
  ).split(" "),
);
