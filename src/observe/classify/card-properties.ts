import { type DocumentNode, DocumentObject } from "./document.ts";
import type { Owner } from "./near.ts";

/** One property of jCard (RFC 7095 section 3.3): `["fn", {}, "text", "..."]`. */
export function isCardProperty(node: DocumentNode): node is readonly DocumentNode[] {
  if (!Array.isArray(node) || node.length < 4) return false;
  const [name, parameters, type] = node as readonly DocumentNode[];
  return (
    typeof name === "string" &&
    name.length <= MAX_NAME &&
    parameters instanceof DocumentObject &&
    typeof type === "string" &&
    TYPES.has(type)
  );
}

/** As if each of these properties were an object that names its value; undefined where the first of them is none. */
export function cardOwners(elements: readonly DocumentNode[], above: Owner | undefined): readonly (Owner | undefined)[] | undefined {
  const [first] = elements;
  if (first === undefined || !isCardProperty(first)) return undefined;
  const isPerson = !elements.some((element) => isCardProperty(element) && nameOf(element) === "kind" && element[3] !== "individual");
  return elements.map((element) => (isCardProperty(element) ? ownerOf(nameOf(element), isPerson, above) : undefined));
}

function nameOf([name]: readonly DocumentNode[]): string {
  return typeof name === "string" ? name.toLowerCase() : "";
}

function ownerOf(name: string, isPerson: boolean, above: Owner | undefined): Owner {
  const called = (isPerson ? PERSON_NAMES.get(name) : undefined) ?? NAMES.get(name) ?? name;
  return { object: new DocumentObject(KEYS, [called, null]), above };
}

/** Shared, so that they are taken apart once. */
const KEYS: readonly string[] = ["name", "value"];
const MAX_NAME = 64;
/** RFC 7095 section 3.5. */
const TYPES: ReadonlySet<string> = new Set(
  "text uri date time date-time date-and-or-time timestamp boolean integer float utc-offset language-tag unknown".split(" "),
);
/** What the properties of RFC 6350 are called elsewhere. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["tel", "phone"],
  ["adr", "address"],
  ["org", "organization"],
  ["fn", "organization name"],
  ["n", "organization name"],
]);
const PERSON_NAMES: ReadonlyMap<string, string> = new Map([
  ["fn", "contact name"],
  ["n", "contact name"],
  ["bday", "date of birth"],
]);
