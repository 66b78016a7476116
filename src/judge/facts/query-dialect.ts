import type { BodyFacts } from "../../evidence/kinds.ts";
import type { Endpoint } from "../../model/integration.ts";
import { queryOf } from "./page-size.ts";

/** Ways of asking an API that have words of their own for "only these fields" and "only so many records". */
export const QUERY_DIALECTS = ["graphql", "select-statement", "odata", "fhir", "scim", "json-api", "partial-response"] as const;
export type QueryDialect = (typeof QUERY_DIALECTS)[number];

/** What the request shows, else what the answer does; undefined where neither tells. */
export function queryDialect({ path }: Pick<Endpoint, "path">, body: BodyFacts): QueryDialect | undefined {
  return ofRequest(path) ?? ofMediaType(body.mediaType) ?? ofShape(body);
}

function ofRequest(path: string): QueryDialect | undefined {
  const query = queryOf(path);
  const [place = ""] = path.split("?", 1);
  const says = (name: RegExp, value: RegExp) => query.some(([key, text]) => name.test(key) && value.test(text));
  if (/\/graphql\/?$/i.test(place) || says(/^query$/, GRAPHQL_QUERY)) return "graphql";
  if (says(/^(?:q|query)$/, SELECT_STATEMENT)) return "select-statement";
  if (says(ODATA_OPTION, ANYTHING)) return "odata";
  if (says(FHIR_PARAMETER, ANYTHING)) return "fhir";
  if (says(/^excludedAttributes$/i, ANYTHING)) return "scim";
  return says(/^fields\[[^\]]*\]$/, ANYTHING) ? "json-api" : undefined;
}

function ofShape(body: BodyFacts): QueryDialect | undefined {
  if (body.shape.some((fact) => CONNECTION.test(fact.path))) return "graphql";
  const shown = shownBy(body);
  return SHAPED.find((dialect) => SHAPES[dialect](shown));
}

function ofMediaType(mediaType = ""): QueryDialect | undefined {
  return Object.hasOwn(MEDIA_TYPES, mediaType) ? MEDIA_TYPES[mediaType] : undefined;
}

/** Every one of these paths, or something below it, was seen in the body. */
type Shown = (...paths: readonly string[]) => boolean;

function shownBy({ shape }: BodyFacts): Shown {
  const isSeen = (path: string) => shape.some((fact) => fact.path.startsWith(path) && BOUNDARY.test(fact.path.slice(path.length)));
  return (...paths) => paths.every(isSeen);
}

const SHAPES: Readonly<Record<Exclude<QueryDialect, "graphql">, (shown: Shown) => boolean>> = {
  "select-statement": (shown) => shown("$.totalSize", "$.done", "$.records"),
  // OData JSON Format 4.01 sections 4.5.1 and 4.5.5; 3.0 without the at sign, 2.0 below `d`.
  odata: (shown) =>
    ["$['@odata.context']", "$['@odata.nextLink']", "$['odata.metadata']", "$.d.__metadata", "$.d.results[].__metadata"].some((path) =>
      shown(path),
    ),
  // FHIR R4, resources Bundle and Resource
  fhir: (shown) => shown("$.resourceType") && ["$.entry[].resource", "$.meta.versionId", "$.meta.lastUpdated"].some((path) => shown(path)),
  // RFC 7644 section 3.4.2, RFC 7643 section 3.1
  scim: (shown) => shown("$.schemas") && (shown("$.Resources") || shown("$.totalResults") || shown("$.meta.resourceType")),
  // JSON:API 1.1 section 7
  "json-api": (shown) => shown("$.jsonapi") || ["$.data[]", "$.data"].some((at) => shown(`${at}.type`, `${at}.attributes`)),
  "partial-response": (shown) => shown("$.kind") && !shown("$.apiVersion") && (shown("$.etag") || shown("$.nextPageToken")),
};
const SHAPED = ["select-statement", "odata", "fhir", "scim", "json-api", "partial-response"] as const;
const BOUNDARY = /^(?:$|[.[{])/;
/** A connection, as GraphQL has it (Relay). */
const CONNECTION = /^\$\.data\..+\.edges\[\]\.node\b/;
const MEDIA_TYPES: Readonly<Record<string, QueryDialect>> = {
  "application/graphql-response+json": "graphql",
  "application/fhir+json": "fhir",
  "application/fhir+xml": "fhir",
  "application/scim+json": "scim",
  "application/vnd.api+json": "json-api",
};
const ANYTHING = /^/;
const GRAPHQL_QUERY = /^\s*(?:query\b[^{]{0,500})?\{\s*[_A-Za-z]/;
const SELECT_STATEMENT = /^\s*select\s[\s\S]{1,4000}\sfrom\s/i;
/** OData 4.01 part 2 section 5.1; `$select` and `$top` are common ground with others. */
const ODATA_OPTION = /^\$(?:select|top|expand|filter|orderby|skip|skiptoken|count)$/;
/** FHIR R4 search, section 3.1.1.5 */
const FHIR_PARAMETER = /^_(?:elements|summary|revinclude)$/;
