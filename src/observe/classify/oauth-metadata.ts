import { getDomain } from "tldts";
import { ownedDomain } from "../../catalog/public-suffixes.ts";
import { algorithmName } from "../../model/jose.ts";
import {
  type IdentifierMatch,
  METADATA_FLAGS,
  METADATA_LISTS,
  type MetadataList,
  type MetadataWords,
  type ServerMetadataFacts,
} from "../../model/server-metadata.ts";
import { isObject, type JsonObject, jsonObject, textsOf } from "./bounded-json.ts";

/** For whom the document was asked. */
export interface MetadataQuestion {
  /** URL of the issuer, or of the API for RFC 9728. */
  readonly identifier: string;
  /** How much of it is known: all, or nothing but its host, or nothing but whose domain it stands in. */
  readonly known: "whole" | "host" | "domain";
}

/** What a document says, and where it leads: text from outside, in memory only. */
export interface ServerMetadata {
  readonly facts: ServerMetadataFacts;
  /** At most 10. */
  readonly servers: readonly string[];
  readonly keys?: string;
  /** With that for clients that show a certificate (RFC 8705 section 5). */
  readonly tokenEndpoints: readonly string[];
}

/** What a server says of its authorization, as words of ours. Undefined for what is no such document (a page that says that there is none), or longer than 256 KB. */
export function serverMetadataFacts(text: string, question: MetadataQuestion | undefined): ServerMetadataFacts | undefined {
  return serverMetadata(text, question)?.facts;
}

export function serverMetadata(text: string, question: MetadataQuestion | undefined): ServerMetadata | undefined {
  const document = jsonObject(text, MAX_DOCUMENT);
  const kind = document === undefined ? undefined : kindOf(document);
  if (document === undefined || kind === undefined) return undefined;
  const identifier = kind === "protected-resource" ? document["resource"] : document["issuer"];
  const lists = METADATA_LISTS.flatMap((name) => {
    const words = wordsIn(name, document[name]);
    return words === undefined ? [] : [[name, words] as const];
  });
  const facts = {
    document: kind,
    identifier: identifierMatch(identifier, kind, question),
    endpoints: endpointsOf(document, identifier),
    lists: Object.fromEntries(lists),
    flags: METADATA_FLAGS.filter((name) => document[name] === true || (name === "mtls_endpoint_aliases" && hasMembers(document[name]))),
  };
  const { jwks_uri: keys } = document;
  const servers = textsOf(document["authorization_servers"], MAX_SERVERS) ?? [];
  return { facts, servers, tokenEndpoints: tokenEndpointsOf(document), ...(typeof keys === "string" && { keys }) };
}

function tokenEndpointsOf(document: JsonObject): readonly string[] {
  const aliases = document["mtls_endpoint_aliases"];
  const said = [document["token_endpoint"], isObject(aliases) ? aliases["token_endpoint"] : undefined];
  return said.filter((url) => typeof url === "string");
}

function kindOf(document: JsonObject): ServerMetadataFacts["document"] | undefined {
  const has = (names: readonly string[]) => names.some((name) => Object.hasOwn(document, name));
  if (has(["resource"]) && !has(["issuer"])) return "protected-resource";
  if (has(OPENID_MEMBERS)) return "openid";
  return has(SERVER_MEMBERS) ? "authorization-server" : undefined;
}

/**
 * RFC 8414 section 3.3 and RFC 9728 section 3.3 ask for the same text; a slash at the end tells no two apart, and a resource may stand above the paths of
 * its API. A multi-tenant server leaves the tenant's place open.
 */
function identifierMatch(
  identifier: unknown,
  kind: ServerMetadataFacts["document"],
  question: MetadataQuestion | undefined,
): IdentifierMatch {
  if (typeof identifier !== "string" || identifier === "") return "absent";
  if (/\{[\w-]{1,40}\}/.test(identifier)) return "template";
  if (question === undefined) return "unknown";
  const [said, asked] = [identifier, question.identifier].map((url) => (URL.canParse(url) ? new URL(url) : undefined));
  // Neither has a query or a fragment (RFC 8414 section 2, RFC 9728 section 1.2).
  if (said === undefined || asked === undefined || /[?#]/.test(said.href)) return "other";
  if (question.known === "host") return said.hostname === asked.hostname ? "same" : "other";
  if (question.known === "domain") return ownerOf(said) === ownerOf(asked) ? "same" : "other";
  const [path, askedPath] = [said, asked].map(({ pathname }) => `${pathname.replace(/\/+$/, "")}/`);
  const isSamePath = kind === "protected-resource" ? askedPath?.startsWith(path ?? "") : askedPath === path;
  return said.origin === asked.origin && isSamePath === true ? "same" : "other";
}

/**
 * Of the issuer and the resource it is said only that they have no TLS (RFC 8414 section 2, RFC 9728 section 1.2: they have): nothing is sent to an
 * issuer, and everything is found below it.
 */
function endpointsOf(document: JsonObject, identifier: unknown): ServerMetadataFacts["endpoints"] {
  const home = typeof identifier === "string" ? registrable(identifier) : undefined;
  const { issuer, resource, mtls_endpoint_aliases: aliases } = document;
  const named = Object.entries({ issuer, resource }).filter(([, url]) => typeof url === "string" && schemeOf(url) === "http");
  const places = [
    ...named,
    ...ENDPOINTS.map((name) => [name, document[name]] as const),
    ...(isObject(aliases) ? ENDPOINTS.map((name) => [`mtls_endpoint_aliases.${name}`, aliases[name]] as const) : []),
    ...(textsOf(document["authorization_servers"], MAX_WORDS) ?? []).map((url) => ["authorization_servers", url] as const),
  ];
  const endpoints = places.flatMap(([name, url]) => {
    if (typeof url !== "string") return [];
    const domain = home === undefined || registrable(url) === home ? ("same" as const) : ("other" as const);
    return [{ name, scheme: schemeOf(url), domain }];
  });
  return [...new Map(endpoints.map((endpoint) => [Object.values(endpoint).join(" "), endpoint])).values()];
}

function schemeOf(url: string): ServerMetadataFacts["endpoints"][number]["scheme"] {
  if (!URL.canParse(url)) return "other";
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:") return "https";
  if (protocol !== "http:") return "other";
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname) ? "loopback" : "http";
}

function registrable(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return getDomain(hostname) ?? hostname;
}

function ownerOf({ hostname }: URL): string {
  return ownedDomain(hostname) ?? hostname;
}

function wordsIn(name: MetadataList, value: unknown): MetadataWords | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = textsOf(value, MAX_WORDS) ?? [];
  const read = texts.map((text) => (name.endsWith("_alg_values_supported") ? algorithmName(text) : knownWord(name, text)));
  const known = [...new Set(read.filter((word) => word !== "other"))].sort();
  return { known, others: value.length - read.filter((word) => word !== "other").length };
}

/** The order of the words of a response type means nothing (OAuth 2.0 Multiple Response Type Encoding section 3). */
function knownWord(name: MetadataList, text: string): string {
  const word = name === "response_types_supported" ? text.split(" ", 4).sort().join(" ") : text;
  return VOCABULARY[name]?.includes(word) === true ? word : "other";
}

function hasMembers(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}

const MAX_DOCUMENT = 256 * 1024;
/** More than the longest document can hold: what is weak may stand last. */
const MAX_WORDS = 100_000;
const MAX_SERVERS = 10;
const ENDPOINTS = [
  "authorization_endpoint",
  "backchannel_authentication_endpoint",
  "device_authorization_endpoint",
  "end_session_endpoint",
  "introspection_endpoint",
  "jwks_uri",
  "pushed_authorization_request_endpoint",
  "registration_endpoint",
  "revocation_endpoint",
  "token_endpoint",
  "userinfo_endpoint",
];
const OPENID_MEMBERS = ["id_token_signing_alg_values_supported", "subject_types_supported", "userinfo_endpoint"];
const SERVER_MEMBERS = ["issuer", "authorization_endpoint", "token_endpoint"];
const VOCABULARY: Readonly<Partial<Record<MetadataList, readonly string[]>>> = {
  bearer_methods_supported: ["body", "header", "query"],
  code_challenge_methods_supported: ["S256", "plain"],
  grant_types_supported: [
    "authorization_code",
    "client_credentials",
    "implicit",
    "password",
    "refresh_token",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:openid:params:grant-type:ciba",
  ],
  response_types_supported: ["code", "code id_token", "code id_token token", "code token", "id_token", "id_token token", "none", "token"],
  token_endpoint_auth_methods_supported: [
    "client_secret_basic",
    "client_secret_jwt",
    "client_secret_post",
    "none",
    "private_key_jwt",
    "self_signed_tls_client_auth",
    "tls_client_auth",
  ],
};
