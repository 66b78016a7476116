import type { DataClass } from "../../model/data-class.ts";
import type { TokenClaims } from "../../model/token.ts";
import type { JsonObject } from "./bounded-json.ts";
import { classifyValue } from "./classify-value.ts";
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

function classOf(name: string, value: unknown): { readonly class: DataClass; readonly by: "name" | "value" } | undefined {
  const classes = fieldsOf({ [name]: value }, NO_MAPS, LIMITS).fields.flatMap(({ values, keys, surroundings }) =>
    [...values, ...keys].flatMap((one) => classifyValue(one, surroundings) ?? []),
  );
  const worst = classes.find((hit) => BY_VALUE.has(hit.class) && hit.sample !== true && !hit.masked && hit.confidence >= SURE);
  if (worst !== undefined) return { class: worst.class, by: "value" };
  const named = BY_NAME[wordsOf(name)];
  const isSample = classes.some((hit) => hit.sample === true || hit.masked) || (typeof value === "string" && isPlaceholder(value));
  return named === undefined || isNothing(value) || isSample ? undefined : { class: named, by: "name" };
}

function isNothing(value: unknown): boolean {
  return value === null || value === "" || typeof value === "boolean";
}

const MAX_CLAIMS = 100;
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
