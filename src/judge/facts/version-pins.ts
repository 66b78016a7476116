import type { HeaderFact, HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";
import type { OutcomeDefinition } from "../rules/rule.ts";
import { type ApiVersion, parseApiVersion, parseVersionList, standingTo } from "./api-version.ts";

/** The version of the API that our clients ask for. */
export interface VersionPin {
  readonly version: string;
  /** Fields in which the answer would say which version it is of. */
  readonly echoes: readonly string[];
}

/** What every question about pinned versions can answer as well. */
export const ABOUT_PINS = {
  "not-pinned": { verdict: "not-applicable", message: () => "No version of the API is pinned." },
  "not-said": { verdict: "not-applicable", message: () => "The answer says nothing of its versions." },
  "not-comparable": {
    verdict: "not-applicable",
    message: () => "The versions that the answer names are of another kind than the one that is pinned.",
  },
  "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** By `apiVersion`, else by a header or parameter that carries one, else by a segment of the path. */
export function versionPin({ apiVersion, headers, baseUrl }: Integration, { path }: Endpoint): VersionPin | undefined {
  if (apiVersion !== undefined) {
    const { header, query, pinned } = apiVersion;
    const name = header?.toLowerCase() ?? query?.toLowerCase();
    return { version: pinned, echoes: name === undefined ? TELLING : echoesOf(name) };
  }
  const [name, version] = Object.entries(headers).find(([field]) => VERSION_FIELDS.has(field)) ?? [];
  if (name !== undefined && version !== undefined) return { version, echoes: echoesOf(name) };
  if (!URL.canParse(`${baseUrl}${path}`)) return undefined;
  const url = new URL(`${baseUrl}${path}`);
  const asked = url.searchParams.get("api-version");
  if (asked !== null) return { version: asked, echoes: echoesOf("api-version") };
  return pathPin(url.pathname);
}

/** A number in a path is a generation of its own; what the answer calls its version beside it may be the number of a build. */
function pathPin(path: string): VersionPin | undefined {
  const [, day, numbers] = /\/(?:(20\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?)|v(\d{1,4}(?:\.\d{1,4}){0,2}))(?=\/|$)/i.exec(path) ?? [];
  if (day !== undefined) return { version: day, echoes: ["x-shopify-api-version"] };
  return numbers === undefined ? undefined : { version: numbers, echoes: [] };
}

/** The version that the answer says it is of. */
export function echoedVersion({ headers }: HttpResponseEvidence, { echoes }: VersionPin): ApiVersion | undefined {
  const versions = echoes.map((name) => wholeValue(headers.find((field) => field.name === name)));
  return versions.map((value) => (value === undefined ? undefined : parseApiVersion(value))).find((version) => version !== undefined);
}

export interface VersionList {
  readonly versions: readonly ApiVersion[];
  /** It goes on, and nobody kept what follows. */
  readonly isCut: boolean;
}

/** Of ASP.NET API Versioning and those who followed it. */
export function versionList({ headers }: HttpResponseEvidence, which: "supported" | "deprecated"): VersionList | undefined {
  const names: readonly string[] = LISTS[which];
  const field = headers.find(({ name, value }) => names.includes(name) && value !== undefined);
  if (field?.value === undefined) return undefined;
  const versions = parseVersionList(field.value);
  return versions.length === 0 ? undefined : { versions, isCut: field.cut === true };
}

/** Whether the list has the pinned version; undefined where that cannot be told. */
export function isListed({ version }: VersionPin, { versions, isCut }: VersionList): boolean | undefined {
  const standings = versions.map((one) => standingTo(version, one));
  if (standings.includes("same")) return true;
  return isCut || standings.every((standing) => standing === undefined) ? undefined : false;
}

export function versionNames({ versions }: VersionList): string {
  const names = versions.slice(0, MAX_SHOWN).map(({ text }) => text);
  return versions.length > MAX_SHOWN ? `${names.join(", ")} and others` : names.join(", ");
}

function echoesOf(name: string): readonly string[] {
  return [`${name}-selected`, name];
}

function wholeValue(field: HeaderFact | undefined): string | undefined {
  return field?.cut === true ? undefined : field?.value;
}

const LISTS = {
  supported: ["api-supported-versions", "x-api-supported-versions"],
  deprecated: ["api-deprecated-versions", "x-api-deprecated-versions"],
} as const;
/** Request fields that pin a version, by the documentation of Stripe, GitHub, Shopify, Azure, Google, Square, Notion, Intercom, Anthropic; and the common ones. */
const VERSION_FIELDS: ReadonlySet<string> = new Set([
  ...["stripe-version", "x-github-api-version", "x-shopify-api-version", "x-ms-version", "x-ms-api-version", "x-goog-api-version"],
  ...["square-version", "notion-version", "intercom-version", "anthropic-version", "twilio-api-version", "api-version", "x-api-version"],
]);
/** Answers that name the API's version in a field that means nothing else. */
const TELLING = [
  "stripe-version",
  "x-github-api-version-selected",
  "x-shopify-api-version",
  "x-ms-version",
  "square-version",
  "notion-version",
  "intercom-version",
];
const MAX_SHOWN = 8;
