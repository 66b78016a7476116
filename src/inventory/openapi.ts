import type { ApiDescription } from "../model/api-description.ts";
import type { Endpoint } from "../model/integration.ts";
import { memberPath } from "../model/path-grammar.ts";
import { err, ok, type Result } from "../model/result.ts";
import { readYaml } from "./read-yaml.ts";

/** Says nothing of the content but its version. */
export interface DescriptionFault {
  readonly expected: string;
  readonly found: string;
  /** 1-based, where a place is known. */
  readonly line?: number;
}

/** A provider's promises about answers. */
export interface OpenApiDocument {
  /** @param basePath path of the base URL, which the endpoint's own is relative to */
  readonly answerOf: (endpoint: Endpoint, basePath: string) => ApiDescription;
}

/**
 * What a provider promises to answer (OpenAPI 3.x, Swagger 2.0; JSON or YAML): the fields of the response schema of each endpoint, as declared paths
 * (model/declared-path). Only references within the document are followed. A schema that leaves something open, or leads back to itself, speaks of
 * everything below; what stands in another document, or beyond our limits, is named as not read. Pure and bounded; never throws.
 */
export function readOpenApi(text: string): Result<OpenApiDocument, DescriptionFault> {
  const read = documentIn(text);
  if (!read.ok) return read;
  const document = read.value;
  const fault = faultOf(document);
  if (fault !== undefined) return err(fault);
  const templates = Object.keys(objectIn(document, "paths") ?? {});
  return ok({ answerOf: (endpoint, basePath) => answerOf(endpoint, basePath, templates, document) });
}

type Json = Readonly<Record<string, unknown>>;

function documentIn(text: string): Result<Json, DescriptionFault> {
  const read = valueIn(text);
  if (!read.ok) return read;
  return isObject(read.value) ? ok(read.value) : err({ expected: DOCUMENT, found: "no mapping" });
}

function valueIn(text: string): Result<unknown, DescriptionFault> {
  try {
    return ok(JSON.parse(text));
  } catch {
    if (text.length > MOST_YAML)
      return err({ expected: `JSON, or YAML of ${MOST_YAML / MEGA} MB at the most`, found: "a longer text that is no JSON" });
    const read = readYaml(text);
    if (read.ok) return ok(read.value.value);
    const [fault] = read.error;
    return err({
      expected: fault?.expected ?? DOCUMENT,
      found: fault?.found ?? "something else",
      ...(fault !== undefined && { line: fault.line }),
    });
  }
}

function faultOf(document: Json): DescriptionFault | undefined {
  const { openapi, swagger, paths } = document;
  if (openapi === undefined && swagger === undefined) return { expected: DOCUMENT, found: "neither `openapi` nor `swagger` in it" };
  const isKnown = openapi === undefined ? /^2(?:\.0)?$/.test(String(swagger)) : /^3(?:\.\d{1,3}){0,2}$/.test(String(openapi));
  if (!isKnown) return { expected: DOCUMENT, found: `version ${versionIn(openapi ?? swagger)}` };
  return paths === undefined || isObject(paths) ? undefined : { expected: "a mapping under `paths`", found: "something else" };
}

function versionIn(version: unknown): string {
  const text = String(version);
  return /^\d{1,3}(?:\.\d{1,3}){0,2}$/.test(text) ? text : "that is no number";
}

function answerOf(endpoint: Endpoint, basePath: string, templates: readonly string[], document: Json): ApiDescription {
  const [own = "/"] = endpoint.path.split("?", 1);
  const template = templateFor(own, basePath, [...serverPaths(document)], templates);
  const item = template === undefined ? undefined : resolved(objectIn(document, "paths")?.[template], document);
  const operation = within(item, (there) => resolved(there[endpoint.method.toLowerCase()], document));
  const response = within(operation, (there) => responseIn(objectIn(there, "responses") ?? {}, endpoint.expect.status ?? 200, document));
  if (response === ELSEWHERE) return { state: "described", paths: [], unread: ["$.*"] };
  const schema = response === undefined ? undefined : schemaIn(response);
  return schema === undefined ? { state: "not-described", paths: [], unread: [] } : new SchemaPaths(document).of(schema);
}

function within(found: Resolved, next: (there: Json) => Resolved): Resolved {
  return found === undefined || found === ELSEWHERE ? found : next(found);
}

/** The template of the path, below the inventory's base path or one of the servers. The most literal one, then the longest. */
function templateFor(own: string, basePath: string, servers: readonly string[], templates: readonly string[]): string | undefined {
  const whole = segmentsOf(`${basePath}${own}`);
  const belowServers = servers
    .map(segmentsOf)
    .filter((server) => server.every((segment, at) => segment.includes("{") || segment === whole[at]));
  const paths = [segmentsOf(own), whole, ...belowServers.map(({ length }) => whole.slice(length))];
  const fitting = templates.filter((template) => paths.some((path) => fits(segmentsOf(template), path)));
  const literal = (template: string) => segmentsOf(template).filter((segment) => !segment.includes("{")).length;
  return fitting.sort((one, other) => literal(other) - literal(one) || segmentsOf(other).length - segmentsOf(one).length)[0];
}

function fits(template: readonly string[], path: readonly string[]): boolean {
  return template.length === path.length && template.every((segment, at) => segment.includes("{") || segment === path[at]);
}

/** Paths of `servers` (3.x), or `basePath` (2.0). */
function serverPaths(document: Json): readonly string[] {
  const { servers, basePath } = document;
  const urls = Array.isArray(servers) ? servers.map((server: unknown) => (isObject(server) ? server["url"] : undefined)) : [];
  return [...urls, basePath].flatMap((url) => (typeof url === "string" ? [url.replace(/^[a-z][a-z+.-]*:\/\/[^/]*/i, "")] : []));
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function responseIn(responses: Json, status: number, document: Json): Resolved {
  return resolved(responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses["default"], document);
}

function schemaIn(response: Json): unknown {
  const content = objectIn(response, "content");
  if (content === undefined) return response["schema"];
  const types = Object.keys(content);
  const type = types.find((name) => /^application\/json\b/.test(name)) ?? types.find((name) => /\bjson\b|\*\/\*/.test(name));
  const media = type === undefined ? undefined : content[type];
  return isObject(media) ? media["schema"] : undefined;
}

class SchemaPaths {
  readonly #document: Json;
  readonly #paths = new Set<string>();
  readonly #unread = new Set<string>();
  #visits = 0;

  constructor(document: Json) {
    this.#document = document;
  }

  of(schema: unknown): ApiDescription {
    this.#walk(schema, "$", []);
    const isWhole = this.#visits <= MOST_VISITS && this.#unread.size <= MOST_UNREAD;
    return { state: "described", paths: [...this.#paths].sort(), unread: isWhole ? [...this.#unread].sort() : ["$.*"] };
  }

  #walk(schema: unknown, path: string, above: readonly unknown[]): void {
    this.#visits += 1;
    if (this.#visits > MOST_VISITS) return;
    const own = schema === true ? {} : resolved(schema, this.#document);
    if (own === undefined || own === ELSEWHERE || above.length > MOST_LEVELS) {
      if (schema !== false) this.#unread.add(`${path}.*`);
      return;
    }
    if (above.includes(own)) {
      this.#paths.add(`${path}.*`);
      return;
    }
    const inside = [...above, own];
    this.#paths.add(path);
    const parts = COMBINED.flatMap((word) => listIn(own, word));
    for (const part of parts) this.#walk(part, path, inside);
    for (const [name, property] of Object.entries(objectIn(own, "properties") ?? {})) {
      const member = memberPath(path, name);
      if (member.length > LONGEST_PATH) this.#unread.add(`${path}.*`);
      else this.#walk(property, member, inside);
    }
    for (const items of [own["items"], ...listIn(own, "prefixItems")]) if (items !== undefined) this.#walk(items, `${path}[]`, inside);
    this.#walkOthers(own, path, inside);
    if (parts.length === 0 && isOpen(own)) this.#paths.add(`${path}.*`);
  }

  /** Whatever else an object may hold. That none is mentioned says that there are none: a promise is what is written. */
  #walkOthers(own: Json, path: string, inside: readonly unknown[]): void {
    const others = own["additionalProperties"];
    const patterns = Object.values(objectIn(own, "patternProperties") ?? {});
    if (others === true) this.#paths.add(`${path}{}.*`);
    for (const other of isObject(others) ? [others, ...patterns] : patterns) this.#walk(other, `${path}{}`, inside);
  }
}

/** An object or a list of which nothing is said, or a schema without a word. */
function isOpen(schema: Json): boolean {
  if (STRUCTURE.some((word) => Object.hasOwn(schema, word))) return false;
  const { type } = schema;
  const types = Array.isArray(type) ? type : [type];
  return (
    types.some((one) => one === "object" || one === "array") || (type === undefined && !SCALAR.some((word) => Object.hasOwn(schema, word)))
  );
}

/** Where a reference leads out of the document, or to nothing in it. */
const ELSEWHERE = "elsewhere";
type Resolved = Json | typeof ELSEWHERE | undefined;

/** What stands there, or what its reference within the document leads to. */
function resolved(value: unknown, document: Json): Resolved {
  if (!isObject(value)) return undefined;
  let target: unknown = value;
  for (let steps = 0; steps < MOST_LEVELS && isObject(target); steps += 1) {
    const reference = target["$ref"];
    if (typeof reference !== "string") return target;
    if (!reference.startsWith("#/")) return ELSEWHERE;
    target = reference
      .slice(2)
      .split("/")
      .reduce<unknown>((inner, step) => memberOf(inner, unescaped(step)), document);
  }
  return ELSEWHERE;
}

/** RFC 6901 section 4, in a URI fragment. */
function unescaped(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return step;
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)];
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function objectIn(value: Json, name: string): Json | undefined {
  const inner = memberOf(value, name);
  return isObject(inner) ? inner : undefined;
}

function listIn(value: Json, name: string): readonly unknown[] {
  const inner = memberOf(value, name);
  return Array.isArray(inner) ? inner : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const COMBINED = ["allOf", "oneOf", "anyOf"];
const STRUCTURE = ["properties", "items", "prefixItems", "additionalProperties", "patternProperties"];
const SCALAR = ["enum", "const", "format", "pattern"];
const MOST_LEVELS = 40;
/** Of all schemas below one answer. */
const MOST_VISITS = 5000;
/** Places of one answer that are named one by one. */
const MOST_UNREAD = 50;
/** Characters. */
const LONGEST_PATH = 500;
const MEGA = 1024 * 1024;
/** Characters: it takes the reader of YAML a second for each two of these millions. */
const MOST_YAML = 4 * MEGA;
const DOCUMENT = "an OpenAPI 3.x or Swagger 2.0 document in JSON or YAML";
