import type { DataClass } from "../../model/data-class.ts";
import type { TokenClaims } from "../../model/token.ts";
import { isObject, type JsonObject } from "./bounded-json.ts";
import { classifyValue } from "./classify-value.ts";
import { isBareCardNumber } from "./detectors/financial/payment-card.ts";
import { documentOf } from "./document.ts";
import { fieldsOf } from "./fields.ts";
import { wordsOf } from "./names.ts";
import { shownName } from "./shown-name.ts";
import { isPlaceholder } from "./values.ts";

/** Claims that tell of a person or hold a secret, by what they are called or by what their value is; samples and empty ones are nobody's. */
export function sensitiveClaims(claims: JsonObject): TokenClaims["sensitive"] {
  return Object.entries(claims)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MAX_CLAIMS)
    .flatMap(([name, value]) => {
      const found = classOf(name, value);
      return found === undefined ? [] : [{ name: shownName(name), ...found }];
    });
}

/** One of them is such a claim. */
export function holdsSensitive(claims: JsonObject): boolean {
  return sensitiveClaims(claims).length > 0;
}

function classOf(name: string, value: unknown): { readonly class: DataClass; readonly by: "name" | "value" } | undefined {
  const classes = fieldsOf(documentOf({ [name]: value }), NO_MAPS, LIMITS).fields.flatMap(({ values, keys, surroundings }) =>
    [...values, ...keys].flatMap((one) => classifyValue(one, surroundings) ?? []),
  );
  const worst = classes.find((hit) => BY_VALUE.has(hit.class) && hit.sample !== true && !hit.masked && hit.confidence >= SURE);
  if (worst !== undefined) return { class: worst.class, by: "value" };
  const leaves = leavesOf(value);
  if ([{ name, value }, ...leaves].some((leaf) => isCard(leaf.value))) return { class: "payment_card", by: "value" };
  const below = leaves.find(
    (leaf) => typeof leaf.value === "string" && leaf.value !== "" && !isSampleOf(leaf) && leafClass(leaf.name) !== undefined,
  );
  if (below !== undefined) return { class: leafClass(below.name) ?? "email", by: "name" };
  const named = BY_NAME[wordsOf(lastPartOf(name))];
  const isSample = classes.some((hit) => hit.sample === true || hit.masked) || (typeof value === "string" && isPlaceholder(value));
  return named === undefined || isNothing(value) || isSample ? undefined : { class: named, by: "name" };
}

interface Leaf {
  readonly name: string;
  readonly value: unknown;
}

/** What stands in objects and lists below a claim, by the nearest name. */
function leavesOf(value: unknown): readonly Leaf[] {
  let level: readonly Leaf[] = [{ name: "", value }];
  const leaves: Leaf[] = [];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    level = level
      .flatMap((node): readonly Leaf[] => {
        if (Array.isArray(node.value)) return node.value.map((one) => ({ name: node.name, value: one }));
        return isObject(node.value) ? Object.entries(node.value).map(([name, one]) => ({ name, value: one })) : [];
      })
      .slice(0, LIMITS.maxNodes);
    leaves.push(...level.filter((node) => typeof node.value !== "object"));
  }
  return leaves.slice(0, LIMITS.maxNodes);
}

/** Below other names, what is called "name" or "address" is as often a company's or a machine's. */
function leafClass(name: string): DataClass | undefined {
  const words = wordsOf(lastPartOf(name));
  return OF_ANYTHING.has(words) ? undefined : BY_NAME[words];
}

function isCard(value: unknown): boolean {
  return (typeof value === "string" || typeof value === "number") && isBareCardNumber(String(value));
}

function isSampleOf({ name, value }: Leaf): boolean {
  const field = fieldsOf(documentOf({ [name]: value }), NO_MAPS, LIMITS).fields[0];
  const hits = field?.values.flatMap((one) => classifyValue(one, field.surroundings) ?? []) ?? [];
  return isPlaceholder(String(value)) || hits.some((hit) => hit.sample === true || hit.masked);
}

/** Of a name that a URL or a URN makes unique (RFC 7519 section 4.2), what stands last. */
function lastPartOf(name: string): string {
  return /^(?:https?:\/\/|urn:)/i.test(name)
    ? (name
        .replace(/[/#:]+$/, "")
        .split(/[/#:]/)
        .at(-1) ?? name)
    : name;
}

function isNothing(value: unknown): boolean {
  return value === null || value === "" || typeof value === "boolean";
}

const MAX_CLAIMS = 100;
const MAX_DEPTH = 6;
const OF_ANYTHING: ReadonlySet<string> = new Set(["name", "address", "pin", "secret", "mobile"]);
const LIMITS = { maxNodes: 500, maxPaths: 100 };
const NO_MAPS: ReadonlySet<string> = new Set();
const SURE = 0.6;
/** Known by their digits or their shape. */
const BY_VALUE: ReadonlySet<DataClass> = new Set<DataClass>([
  "payment_card",
  "iban",
  "national_id",
  "private_key",
  "api_key",
  "jwt",
  "password_hash",
]);
/** Standard claims of OpenID Connect Core section 5.1, and what else people put there. */
const BY_NAME: Readonly<Record<string, DataClass>> = {
  address: "postal_address",
  birthdate: "date_of_birth",
  birthday: "date_of_birth",
  "date of birth": "date_of_birth",
  dob: "date_of_birth",
  email: "email",
  "email address": "email",
  "family name": "person_name",
  "first name": "person_name",
  "full name": "person_name",
  gender: "gender",
  "given name": "person_name",
  "last name": "person_name",
  mail: "email",
  mobile: "phone",
  name: "person_name",
  nationality: "nationality",
  "passport number": "passport",
  password: "password",
  phone: "phone",
  "phone number": "phone",
  pin: "pin",
  secret: "client_secret",
  "client secret": "client_secret",
  "social security number": "national_id",
  ssn: "national_id",
  "tax id": "tax_id",
};
