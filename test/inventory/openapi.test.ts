import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { describedAnswers } from "../../src/inventory/openapi.ts";
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
const answer = (document: unknown, endpoint = ENDPOINT, basePath = "/v1") =>
  describedAnswers(JSON.stringify(document), [endpoint], basePath)?.get("list");
const paths = (schema: unknown) => {
  const described = answer(documentOf(schema));
  return described?.state === "described" ? described.paths : undefined;
};

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
    ["nothing at all", true, ["$.*"]],
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
    ["what another document says, as a whole", { properties: { a: { $ref: "other.yaml#/A" } } }, ["$", "$.a.*"]],
    ["what is not there, as a whole", { properties: { a: { $ref: "#/components/schemas/None" } } }, ["$", "$.a.*"]],
    ["no word of an enumeration", { enum: ["a", "b"] }, ["$"]],
  ] as const)("%s", (_, schema, expected) => expect(paths(schema)).toEqual(expected));

  it("is everything, where it says too much", () => {
    const properties = Object.fromEntries(Array.from({ length: 6000 }, (_, at) => [`p${at}`, { type: "string" }]));
    expect(paths({ type: "object", properties })).toEqual(["$.*"]);
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
  ] as const)("%s", (_, item, expected) => expect(described(item)).toEqual({ state: "described", paths: expected }));

  it.each([
    ["another path", { "/orders": responses({ 200: json({}) }) }],
    ["a longer path", { "/a/b/v1/customers": responses({ 200: json({}) }) }],
    ["another method", { "/customers": { post: { responses: { 200: json({}) } } } }],
    ["another status", { "/customers": responses({ 404: json({}) }) }],
    ["no JSON", { "/customers": responses({ 200: { content: { "text/csv": { schema: {} } } } }) }],
    ["no schema", { "/customers": responses({ 204: {} }) }],
  ])("is not that of %s", (_, item) => expect(described(item)).toEqual({ state: "not-described" }));

  it("goes by the status that is right", () => {
    const item = { "/customers": responses({ 200: json({ type: "string" }), 202: json({ properties: { job: { type: "string" } } }) }) };
    expect(answer(documentOf({}, { paths: item }), anEndpoint({ path: "/customers", expect: { status: 202 } }))).toEqual({
      state: "described",
      paths: ["$", "$.job"],
    });
  });
});

describe("a text", () => {
  it("may be YAML", () => {
    expect(describedAnswers(stringify(documentOf({ type: "string" })), [ENDPOINT], "")?.get("list")).toEqual({
      state: "described",
      paths: ["$"],
    });
  });

  it.each(["", "{}", "[]", "null", "just words", '{"swagger":', '{"name":"package","version":"1.0.0"}', "a: &a [*a]", "{".repeat(100_000)])(
    "is none: %.40s",
    (text) => expect(describedAnswers(text, [ENDPOINT], "")).toBeUndefined(),
  );

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
        for (const path of paths(one) ?? []) expect(declaredPathProblem(path)).toBeUndefined();
      }),
    );
  });
});
