import type { BodyFacts } from "../../evidence/kinds.ts";
import type { Endpoint } from "../../model/integration.ts";
import { bareName, queryOf, sizesPage } from "./page-size.ts";
import { QUERY_DIALECTS, type QueryDialect, queryDialect } from "./query-dialect.ts";

/** How an endpoint is asked, as far as its request and its answer show it: for the data of a result. */
export interface HowAsked {
  readonly dialect?: QueryDialect;
  /** Parameters of the request that have to do with how much comes, as it spells them. */
  readonly parameters?: readonly string[];
}

export function howFieldsAreAsked(endpoint: Endpoint, body: BodyFacts): HowAsked {
  const names = queryOf(endpoint.path).map(([name]) => (name.startsWith("fields[") && name.endsWith("]") ? TYPED_FIELDS : name));
  return howAsked(endpoint, body, names.filter(namesFields));
}

export function howRecordsAreAsked(endpoint: Endpoint, body: BodyFacts): HowAsked {
  const sized = queryOf(endpoint.path).filter(([name, value]) => sizesPage(name) && /^\d/.test(value));
  return howAsked(
    endpoint,
    body,
    sized.map(([name]) => name),
  );
}

function howAsked(endpoint: Endpoint, body: BodyFacts, names: readonly string[]): HowAsked {
  const dialect = queryDialect(endpoint, body);
  const parameters = [...new Set(names)].filter(isKnown).slice(0, MOST_NAMED);
  return { ...(dialect !== undefined && { dialect }), ...(parameters.length > 0 && { parameters }) };
}

/** For remediations: how to ask for fewer fields; undefined where nothing shows it. `data` as `howAsked` gave it. */
export function fewerFields(data: Data): string | undefined {
  const asked = read(data);
  const [listing, leaving, adding] = [asked.named(isList), asked.named(isExclusion), asked.named(isAddition)];
  const { dialect } = asked;
  return sentences([
    listing.length + leaving.length > 0 || dialect === undefined ? undefined : FIELD_WORDS[dialect],
    listing.length === 0 ? undefined : `The request lists fields in ${inWords(listing)}: leave these out of it.`,
    leaving.length === 0 ? undefined : `The request excludes fields with ${inWords(leaving)}: add these to it.`,
    adding.length === 0 ? undefined : `The request has ${inWords(adding)}, which brings more: name there no more than you need.`,
  ]);
}

/** For remediations: how to ask for fewer records than the request asks for, if it does. */
export function fewerRecords(data: Data): string | undefined {
  return aboutPages(data, (sizes) => `The request says with ${sizes} how many may come: lower it.`);
}

/** For remediations: how to ask where the answer went beyond what the request says. */
export function heededRecords(data: Data): string | undefined {
  return aboutPages(data, (sizes) => `The answer does not keep to ${sizes} of the request.`);
}

function aboutPages(data: Data, say: (sizes: string) => string): string | undefined {
  const { dialect, named } = read(data);
  const sizes = named(sizesPage);
  const own = dialect === undefined ? undefined : PAGE_WORDS[dialect];
  const isUsed = own?.parameters.some((name) => sizes.includes(name)) === true;
  return sentences([sizes.length === 0 ? undefined : say(inWords(sizes)), isUsed ? undefined : own?.text]);
}

type Data = Readonly<Record<string, unknown>>;

/** Results are read back from history, where anything may stand. */
function read({ dialect, parameters }: Data) {
  const known = Array.isArray(parameters) ? parameters.filter((name) => typeof name === "string").filter(isKnown) : [];
  return { dialect: QUERY_DIALECTS.find((one) => one === dialect), named: (is: (name: string) => boolean) => known.filter(is) };
}

/** Of a closed list of names, and short: what it is made of can be shown. */
function isKnown(name: string): boolean {
  return SHOWABLE.test(name) && (namesFields(name) || sizesPage(name));
}

function namesFields(name: string): boolean {
  return isList(name) || isExclusion(name) || isAddition(name);
}

function isList(name: string): boolean {
  return name === TYPED_FIELDS || LISTS.has(bareName(name));
}

function isExclusion(name: string): boolean {
  return EXCLUSIONS.has(bareName(name));
}

function isAddition(name: string): boolean {
  return ADDITIONS.has(bareName(name));
}

function inWords(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function sentences(said: readonly (string | undefined)[]): string | undefined {
  const all = said.filter((sentence) => sentence !== undefined);
  return all.length === 0 ? undefined : all.join(" ");
}

const FIELD_WORDS: Readonly<Record<QueryDialect, string>> = {
  graphql: "The query is the list of fields (GraphQL): take these out of its selection.",
  "select-statement": "Name after SELECT the fields that you need and no others: neither `*` nor `FIELDS(ALL)`.",
  odata: "Ask with `$select=` for the fields that you need, and with `$expand=` for nothing else (OData).",
  fhir: "Ask with `_elements=` for the elements that you need, or with `_summary=true` where that is enough (FHIR); a server need not heed it.",
  scim: "Ask with `attributes=` for those that you need, or leave these out with `excludedAttributes=` (SCIM, RFC 7644 section 3.9).",
  "json-api":
    "Ask with `fields[TYPE]=` for the fields of each type that you need, and with `include=` for no related records that you do not read (JSON:API); a server need not have it.",
  "partial-response": "Ask with `fields=` for the parts that you need, such as `fields=items(id,name)` (partial response).",
};
const PAGE_WORDS: Readonly<Record<QueryDialect, { readonly text: string; readonly parameters: readonly string[] }>> = {
  graphql: { text: "In GraphQL `first:` or `last:` of the list bounds it.", parameters: [] },
  "select-statement": { text: "End the statement with LIMIT.", parameters: [] },
  odata: { text: "In OData `$top=` bounds the records.", parameters: ["$top"] },
  fhir: { text: "In FHIR `_count=` bounds a page.", parameters: ["_count"] },
  scim: { text: "In SCIM `count=` bounds a page (RFC 7644 section 3.4.2.4).", parameters: ["count"] },
  "json-api": {
    text: "In JSON:API the parameters of pages are `page[...]`, often `page[size]=` or `page[limit]=`.",
    parameters: ["page[size]", "page[limit]", "page[first]"],
  },
  "partial-response": {
    text: "With partial responses a page is mostly bounded with `pageSize=` or `maxResults=`.",
    parameters: ["pageSize", "maxResults"],
  },
};
const TYPED_FIELDS = "fields[TYPE]";
/** As `bareName` writes them, like the next two. */
const LISTS: ReadonlySet<string> = new Set(
  "fields,select,properties,attributes,only,elements,columns,fieldmask,includefields,fieldset,fl".split(","),
);
const EXCLUSIONS: ReadonlySet<string> = new Set("excludedattributes,exclude,excludefields,omit,excludes".split(","));
const ADDITIONS: ReadonlySet<string> = new Set("include,includes,expand,embed,revinclude,expand[],include[],embed[]".split(","));
const SHOWABLE = /^[\w$[\]-]{1,24}$/;
const MOST_NAMED = 6;
