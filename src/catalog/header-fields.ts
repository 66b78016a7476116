import { type DatedFacts, loadFacts } from "./load.ts";

const HEADER_TREATMENTS = [
  "banner",
  "text",
  "list",
  "media-type",
  "directives",
  "challenge",
  "scopes",
  "instant",
  "link",
  "volatile",
  "presence",
] as const;
/**
 * What may be remembered of a response header's value. `presence`: only that it came; every field that data/header-fields.json
 * does not list. `volatile`: not even that, because it differs from call to call.
 */
export type HeaderTreatment = (typeof HEADER_TREATMENTS)[number];

/** Treatment of a header field; `name` in lower case. */
export function headerTreatment(name: string): HeaderTreatment {
  const { treatments, volatilePrefixes } = headerFields();
  const listed = treatments.get(name);
  if (listed !== undefined) return listed;
  return volatilePrefixes.some((prefix) => name.startsWith(prefix)) ? "volatile" : "presence";
}

interface HeaderFieldFacts extends DatedFacts {
  readonly fields: readonly { readonly treatment: HeaderTreatment; readonly why: string; readonly names: readonly string[] }[];
  readonly volatilePrefixes: readonly string[];
}

interface HeaderFields {
  readonly treatments: ReadonlyMap<string, HeaderTreatment>;
  readonly volatilePrefixes: readonly string[];
}

let indexed: HeaderFields | undefined;

function headerFields(): HeaderFields {
  if (indexed === undefined) {
    const { fields, volatilePrefixes } = loadFacts("header-fields", isHeaderFieldFacts);
    const treatments = new Map(fields.flatMap(({ names, treatment }) => names.map((name) => [name, treatment] as const)));
    indexed = { treatments, volatilePrefixes };
  }
  return indexed;
}

function isHeaderFieldFacts(facts: unknown): facts is HeaderFieldFacts {
  const { fields, volatilePrefixes } = facts as Partial<HeaderFieldFacts>;
  return (
    Array.isArray(fields) &&
    fields.every((group) => HEADER_TREATMENTS.includes(group.treatment) && areLowerCase(group.names)) &&
    areLowerCase(volatilePrefixes)
  );
}

function areLowerCase(names: unknown): boolean {
  return Array.isArray(names) && names.every((name) => typeof name === "string" && name === name.toLowerCase());
}
