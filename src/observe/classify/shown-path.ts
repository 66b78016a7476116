import { isGivenName } from "./detectors/personal/name-value.ts";
import { isFieldName, isKnownFieldName } from "./field-words.ts";
import { isCompaniesNoun, isPersonsNoun, isPlural } from "./key-names.ts";
import { isDynamicKey } from "./maps.ts";
import { wordsOf } from "./names.ts";

/**
 * A part of a path that is a word of an interface, by itself and by what stands before it. None are identifiers and whatever has signs or digits of values,
 * what stands behind a collection of persons or companies (`users`, `company`, `u`) or an act that is asked for in a letter (`reset`), and given names.
 */
export function isShownPart(parts: readonly string[], at: number): boolean {
  const part = parts[at] ?? "";
  if (part === "") return true;
  if (!isPlain(part) || (isGivenName(part) && !isFieldName(part))) return false;
  if (FIXED.has(part.toLowerCase())) return true;
  const [before = "", owner = ""] = [parts[at - 1], parts[at - 2]];
  // Repositories have owners: `/repos/acme/website`.
  if (REPOSITORIES.test(before) || REPOSITORIES.test(owner)) return false;
  if (SHORT_COLLECTIONS.test(before) || (/[a-z]s$/i.test(before) && /\d/.test(part) && !VERSION.test(part))) return false;
  if (isLetter(before)) return false;
  const noun = ASKING.test(before) ? owner : before;
  if (isPersonsNoun(noun) || isCompaniesNoun(noun)) return !isPlural(noun) && isKnownFieldName(part);
  return !ASKING.test(before) || !isNoWord(part);
}

/** It names no field and no collection: of several in one place, each may be somebody's. */
export function isNoWord(part: string): boolean {
  return (
    part !== "" &&
    !FIXED.has(part.toLowerCase()) &&
    !isFieldName(part) &&
    !isPersonsNoun(part) &&
    !isCompaniesNoun(part) &&
    !FILE.test(part) &&
    !VERSION.test(part)
  );
}

/** What interfaces begin with: behind it stand names of their own. */
export function isRootPart(part: string): boolean {
  return ROOTS.test(part);
}

function isPlain(part: string): boolean {
  return (
    part.length <= MAX_PART && /^[\w.~-]+$/.test(part) && !isDynamicKey(part) && !isMixed(part) && !VALUES.some((shape) => shape.test(part))
  );
}

/** Small and capital letters in turns, and no words to speak of: a token without a digit. */
function isMixed(part: string): boolean {
  if (!/(?:[a-z][A-Z].*){3}/.test(part)) return false;
  const words = wordsOf(part).split(" ");
  return part.length / words.length < 3.5 && words.filter((word) => isKnownFieldName(word) || FIXED.has(word)).length * 2 < words.length;
}

/** Behind it stands what proves that somebody got a letter. */
function isLetter(part: string): boolean {
  return wordsOf(part)
    .split(" ")
    .some((word) => LETTERS.has(word));
}

const MAX_PART = 64;
const EXTENSIONS = "json|xml|csv|html?|php|aspx?|jsp|js|mjs|css|txt|ya?ml|do|svc|action|ashx|asmx|png|svg|ico|woff2?";
const FILE = new RegExp(`^[\\w-]+\\.(?:${EXTENSIONS})$`, "i");
const VERSION = /^v?\d{1,3}(?:\.\d{1,3}){0,2}$/i;
const VALUES: readonly RegExp[] = [
  /\d{3}/,
  /^~/,
  // `AB-12`, `john.smith`; files keep their names.
  /^[a-z]{1,6}-\d+$/i,
  new RegExp(`\\p{L}\\.(?!(?:${EXTENSIONS})$)\\p{L}`, "iu"),
];
const ROOTS = /^(?:|api|rest|graphql|rpc|v\d+(?:\.\d+)*|public|internal|external|admin|app|web|latest|stable|beta)$/i;
const REPOSITORIES = /^(?:repos|repositories)$/i;
const SHORT_COLLECTIONS = /^(?:u|usr|o|c|in|by-(?:name|email|login|username|slug)|name|username|login|email|slug|handle|profile)$/i;
/** What is looked for or chosen from stands before it or behind it: `/users/list/smith`, `/search/smith`. */
const ASKING =
  /^(?:search|find|lookup|query|filter|list|get|show|view|detail|details|info|by|all|browse|check|exists|autocomplete|suggest|typeahead)$/i;
const LETTERS: ReadonlySet<string> = new Set(
  "reset verify verification confirm confirmation invite invitation activate activation magic unsubscribe webhook token forgot passwordless share".split(
    " ",
  ),
);
/** Words of interfaces that stand in the place of somebody's name. */
const FIXED: ReadonlySet<string> = new Set(
  (
    "me self current mine myself whoami own search find lookup query filter count counts total stats statistics summary export exports import imports bulk batch list index all new create add update edit delete remove " +
    "login logout signin signout signup sign-in sign-up sign-out register registration invite invites invitation invitations verify verification confirm confirmation activate activation deactivate enable disable suspend unsuspend archive restore merge sync refresh " +
    "password passwords reset forgot forgot-password reset-password change-password change-email settings preferences profile profiles avatar avatars roles role permissions groups teams orgs organizations tags labels fields schema metadata meta " +
    "sessions session tokens token keys devices notifications subscriptions subscription status health active inactive deleted archived pending recent latest history events activity activities autocomplete suggest suggestions typeahead " +
    "validate availability available exists check duplicate duplicates upload download downloads report reports dashboard overview types type default public private changes delta updates paginated page pages user users"
  ).split(" "),
);
