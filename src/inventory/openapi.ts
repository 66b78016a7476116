import type { DescribedAnswer, Endpoint } from "../model/integration.ts";
import { memberPath } from "../model/path-grammar.ts";
import { readYaml } from "./read-yaml.ts";

/** What an OpenAPI document says of endpoints, by their ids; undefined for a text that is none. */
export type Descriptions = ReadonlyMap<string, DescribedAnswer>;

/**
 * What a provider promises to answer (OpenAPI 3.x, Swagger 2.0; JSON or YAML): the fields of the response schema of each endpoint, as declared paths
 * (model/declared-path). Only references within the document are followed. A schema that leaves something open, or leads back to itself, speaks of
 * everything below; so does one that has more fields than are kept. Pure and bounded; never throws.
 *
 * @param basePath path of the base URL, which the endpoints' own are relative to
 */
export function describedAnswers(text: string, endpoints: readonly Endpoint[], basePath: string): Descriptions | undefined {
  const document = documentIn(text);
  if (document === undefined || !("openapi" in document || "swagger" in document)) return undefined;
  const templates = Object.keys(objectIn(document, "paths") ?? {});
  return new Map(endpoints.map((endpoint) => [endpoint.id, answerOf(endpoint, basePath, templates, document)]));
}

type Json = Readonly<Record<string, unknown>>;

function documentIn(text: string): Json | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    const read = readYaml(text);
    return read.ok && isObject(read.value.value) ? read.value.value : undefined;
  }
}

function answerOf(endpoint: Endpoint, basePath: string, templates: readonly string[], document: Json): DescribedAnswer {
  const [own = "/"] = endpoint.path.split("?", 1);
  const template = templateFor(own, basePath, [...serverPaths(document)], templates);
  const item = template === undefined ? undefined : resolved(objectIn(document, "paths")?.[template], document);
  const operation = item === undefined ? undefined : resolved(item[endpoint.method.toLowerCase()], document);
  const responses = operation === undefined ? undefined : objectIn(operation, "responses");
  const schema = responses === undefined ? undefined : schemaIn(responses, endpoint.expect.status ?? 200, document);
  if (schema === undefined) return { state: "not-described" };
  return { state: "described", paths: new SchemaPaths(document).of(schema) };
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

function schemaIn(responses: Json, status: number, document: Json): unknown {
  const response = resolved(responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses["default"], document);
  if (response === undefined) return undefined;
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
  #visits = 0;

  constructor(document: Json) {
    this.#document = document;
  }

  of(schema: unknown): readonly string[] {
    this.#walk(schema, "$", []);
    // Covered by the document as a whole: too much was left out.
    return this.#visits > MOST_VISITS ? ["$.*"] : [...this.#paths].sort();
  }

  #walk(schema: unknown, path: string, above: readonly unknown[]): void {
    this.#visits += 1;
    if (this.#visits > MOST_VISITS) return;
    const own = resolved(schema, this.#document);
    if (own === undefined || above.includes(own) || above.length > MOST_LEVELS) {
      this.#paths.add(`${path}.*`);
      return;
    }
    const inside = [...above, own];
    this.#paths.add(path);
    const parts = COMBINED.flatMap((word) => listIn(own, word));
    for (const part of parts) this.#walk(part, path, inside);
    for (const [name, property] of Object.entries(objectIn(own, "properties") ?? {})) {
      this.#walk(property, memberPath(path, name), inside);
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

/** What stands there, or what its reference within the document leads to. */
function resolved(value: unknown, document: Json): Json | undefined {
  let target = value;
  for (let steps = 0; steps < MOST_LEVELS && isObject(target); steps += 1) {
    const reference = target["$ref"];
    if (typeof reference !== "string") return target;
    if (!reference.startsWith("#/")) return undefined;
    target = reference
      .slice(2)
      .split("/")
      .reduce<unknown>((inner, step) => memberOf(inner, unescaped(step)), document);
  }
  return undefined;
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
