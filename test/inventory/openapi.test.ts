import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readOpenApi } from "../../src/inventory/openapi.ts";
import { declaredPathProblem } from "../../src/model/declared-path.ts";
import { anEndpoint } from "../judge/builders.ts";

const CUSTOMER = {
  type: "object",
  properties: { id: { type: "string" }, mail: { type: ["string", "null"] }, parent: { $ref: "#/components/schemas/Customer" } },
};
const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const documentOf = (schema: unknown, more: object = {}) => ({
  openapi: "3.1.0",
  paths: { "/customers": { get: { responses: { 200: json(schema) } } } },
  components: {
    schemas: { Customer: CUSTOMER },
    responses: { Listed: json({ type: "array", items: { $ref: "#/components/schemas/Customer" } }) },
  },
  ...more,
});
const ENDPOINT = anEndpoint({ path: "/customers?limit=10" });
const saidBy = (text: string, endpoint = ENDPOINT, basePath = "/v1") => {
  const document = readOpenApi(text);
  return document.ok ? document.value.answerOf(endpoint, basePath) : document.error;
};
const answer = (document: unknown, endpoint = ENDPOINT) => saidBy(JSON.stringify(document), endpoint);
const ofSchema = (schema: unknown) => {
  const described = answer(documentOf(schema));
  return "paths" in described ? described : { paths: [], unread: [] };
};
const paths = (schema: unknown) => ofSchema(schema).paths;

describe("what a schema promises", () => {
  it.each([
    [
      "members, once for each",
      { type: "object", properties: { id: {}, "first name": { type: "string" } } },
      ["$", "$.id", "$.id.*", "$['first name']"],
    ],
    ["elements", { type: "array", items: { type: "object", properties: { id: { type: "string" } } } }, ["$", "$[]", "$[].id"]],
    ["elements by their places", { type: "array", prefixItems: [{ type: "string" }] }, ["$", "$[]"]],
    ["keys that are data", { items: { additionalProperties: { type: "number" } } }, ["$", "$[]", "$[]{}"]],
    ["any key", { items: { properties: { a: { type: "string" } }, additionalProperties: true } }, ["$", "$[]", "$[].a", "$[]{}.*"]],
    ["keys of a pattern", { items: { patternProperties: { "^x": { type: "string" } } } }, ["$", "$[]", "$[]{}"]],
    ["an object of which nothing is said", { type: "object" }, ["$", "$.*"]],
    ["an object without any", { type: "object", additionalProperties: false }, ["$"]],
    ["nothing at all", true, ["$", "$.*"]],
    ["nothing, where there is nothing", { properties: { a: false } }, ["$"]],
    [
      "all of several",
      { allOf: [{ properties: { a: { type: "string" } } }, { properties: { b: { type: "string" } } }] },
      ["$", "$.a", "$.b"],
    ],
    ["one of several", { oneOf: [{ properties: { a: { type: "string" } } }, { type: "string" }] }, ["$", "$.a"]],
    [
      "any of several, beside its own",
      { properties: { c: { type: "string" } }, anyOf: [{ properties: { a: { type: "string" } } }] },
      ["$", "$.a", "$.c"],
    ],
    ["what it leads back to, as a whole", { $ref: "#/components/schemas/Customer" }, ["$", "$.id", "$.mail", "$.parent.*"]],
    ["no word of an enumeration", { enum: ["a", "b"] }, ["$"]],
  ] as const)("%s", (_, schema, expected) => expect(paths(schema)).toEqual(expected));

  it.each([
    ["stands in another document", { properties: { a: { $ref: "other.yaml#/A" } } }, ["$"], ["$.a.*"]],
    ["is not there", { properties: { a: { $ref: "#/components/schemas/None" } } }, ["$"], ["$.a.*"]],
    ["is no schema", { properties: { a: 1 } }, ["$"], ["$.a.*"]],
    ["has too long a name", { properties: { ["a".repeat(600)]: {}, b: { type: "string" } } }, ["$", "$.b"], ["$.*"]],
    [
      "stands in other documents, in many places",
      { properties: Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`p${at}`, { $ref: `${at}.yaml` }])) },
      ["$"],
      ["$.*"],
    ],
  ])("is not read where it %s", (_, schema, read, unread) => {
    expect(ofSchema(schema)).toEqual({ state: "described", paths: read, unread });
  });

  it("is known in part, where it says too much", () => {
    const properties = Object.fromEntries(Array.from({ length: 6000 }, (_, at) => [`p${at}`, { type: "string" }]));
    const { paths: read, unread } = ofSchema({ type: "object", properties });
    expect([read.length, unread]).toEqual([5000, ["$.*"]]);
  });
});

describe("the answer that is looked for", () => {
  const described = (item: object, more: object = {}) => answer(documentOf({}, { paths: item, ...more }));
  const responses = (one: object) => ({ get: { responses: one } });

  it.each([
    [
      "of a reference",
      { "/customers": responses({ 200: { $ref: "#/components/responses/Listed" } }) },
      ["$", "$[]", "$[].id", "$[].mail", "$[].parent.*"],
    ],
    ["of a class of status", { "/customers": responses({ "2XX": json({ type: "string" }) }) }, ["$"]],
    ["of any status", { "/customers": responses({ default: json({ type: "string" }) }) }, ["$"]],
    ["of Swagger 2.0", { "/customers": responses({ 200: { schema: { type: "string" } } }) }, ["$"]],
    ["of a template", { "/{collection}": responses({ 200: json({ type: "string" }) }) }, ["$"]],
    [
      "of the most literal template",
      { "/{collection}": responses({ 200: json({}) }), "/customers": responses({ 200: json({ type: "string" }) }) },
      ["$"],
    ],
    ["of a path with its version", { "/v1/customers": responses({ 200: json({ type: "string" }) }) }, ["$"]],
    [
      "of another JSON",
      { "/customers": responses({ 200: { content: { "application/vnd.acme+json": { schema: { type: "string" } } } } }) },
      ["$"],
    ],
  ] as const)("%s", (_, item, expected) => expect(described(item)).toEqual({ state: "described", paths: expected, unread: [] }));

  it.each([
    ["another path", { "/orders": responses({ 200: json({}) }) }],
    ["a longer path", { "/a/b/v1/customers": responses({ 200: json({}) }) }],
    ["another method", { "/customers": { post: { responses: { 200: json({}) } } } }],
    ["another status", { "/customers": responses({ 404: json({}) }) }],
    ["no JSON", { "/customers": responses({ 200: { content: { "text/csv": { schema: {} } } } }) }],
    ["no schema", { "/customers": responses({ 204: {} }) }],
  ])("is not that of %s", (_, item) => expect(described(item)).toEqual({ state: "not-described", paths: [], unread: [] }));

  it.each([
    ["path", { "/customers": { $ref: "other.yaml" } }],
    ["operation", { "/customers": { get: { $ref: "other.yaml" } } }],
    ["response", { "/customers": responses({ 200: { $ref: "other.yaml" } }) }],
    ["response, a reference that goes in circles", { "/customers": responses({ 200: { $ref: "#/paths/~1customers/get/responses/200" } }) }],
  ])("is not known where another document has the %s", (_, item) => {
    expect(described(item)).toEqual({ state: "described", paths: [], unread: ["$.*"] });
  });

  it("goes by the status that is right", () => {
    const item = { "/customers": responses({ 200: json({ type: "string" }), 202: json({ properties: { job: { type: "string" } } }) }) };
    expect(answer(documentOf({}, { paths: item }), anEndpoint({ path: "/customers", expect: { status: 202 } }))).toEqual({
      state: "described",
      paths: ["$", "$.job"],
      unread: [],
    });
  });
});

describe("a text", () => {
  it("may be YAML", () => {
    expect(saidBy(stringify(documentOf({ type: "string" })))).toEqual({ state: "described", paths: ["$"], unread: [] });
  });

  const EXPECTED = "an OpenAPI 3.x or Swagger 2.0 document in JSON or YAML";
  const NEITHER = "neither `openapi` nor `swagger` in it";
  it.each([
    ["nothing", "", { expected: EXPECTED, found: "no mapping" }],
    ["a list", "[]", { expected: EXPECTED, found: "no mapping" }],
    ["words", "just words", { expected: EXPECTED, found: "no mapping" }],
    ["another document", '{"name":"package","version":"1.0.0"}', { expected: EXPECTED, found: NEITHER }],
    ["an older version", '{"swagger":"1.2"}', { expected: EXPECTED, found: "version 1.2" }],
    ["a version to come", "openapi: 4.0.0", { expected: EXPECTED, found: "version 4.0.0" }],
    ["a version that is none", '{"openapi":"hunter2"}', { expected: EXPECTED, found: "version that is no number" }],
    ["paths that are none", '{"openapi":"3.1.0","paths":[]}', { expected: "a mapping under `paths`", found: "something else" }],
    ["a text that ends in the middle", '{"swagger":', { line: 1 }],
    ["a cycle", "openapi: 3.1.0\na: &a [*a]", { line: 2 }],
    ["too deep a text", "{".repeat(100_000), { expected: "at most 64 levels of nesting", found: "more", line: 1 }],
    ["YAML of many megabytes", `openapi: 3.1.0\n${"# ".repeat(3_000_000)}`, { expected: "JSON, or YAML of 4 MB at the most" }],
  ])("says what is wrong with %s, and where", (_, text, fault) => expect(saidBy(text)).toMatchObject(fault));

  it.each(["2.0", 2, "3.0.3", 3.1, "3.2.0"])("may be of version %s", (version) => {
    const key = String(version).startsWith("2") ? "swagger" : "openapi";
    expect(saidBy(JSON.stringify({ [key]: version }))).toMatchObject({ state: "not-described" });
  });

  it("gives paths that can be read, whatever its schemas are", () => {
    const schema = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constant({ $ref: "#/paths" }),
        fc.constant({ $ref: "#/__proto__/x" }),
        fc.constant({ $ref: "#/%" }),
        fc.jsonValue(),
        fc.record({ properties: fc.dictionary(fc.string(), tie("any"), { maxKeys: 3 }) }),
        fc.record({ allOf: fc.array(tie("any"), { maxLength: 2 }), items: tie("any"), additionalProperties: tie("any") }),
      ),
    })).any;
    fc.assert(
      fc.property(schema, (one) => {
        for (const path of [...paths(one), ...ofSchema(one).unread]) expect(declaredPathProblem(path)).toBeUndefined();
      }),
    );
  });
});
