import { describe, expect, it } from "vitest";
import { documentOf } from "../../../src/observe/classify/document.ts";
import { fieldsOf as fieldsOfDocument } from "../../../src/observe/classify/fields.ts";

const LIMITS = { maxNodes: 1000, maxPaths: 100 };
const fieldsOf = (body: unknown, maps: ReadonlySet<string>, limits: typeof LIMITS) => fieldsOfDocument(documentOf(body), maps, limits);
const none: ReadonlySet<string> = new Set();

describe("fields", () => {
  it("gathers what stands at one path over all records", () => {
    const { fields, maps, complete } = fieldsOf({ data: [{ id: 1, tag: "a" }, { id: "2", tag: null }, { id: 3 }] }, none, LIMITS);
    expect(fields.map(({ path, types, values }) => ({ path, types, values }))).toEqual([
      { path: "$", types: ["object"], values: [] },
      { path: "$.data", types: ["array"], values: [] },
      { path: "$.data[]", types: ["object"], values: [] },
      { path: "$.data[].id", types: ["number", "string"], values: [1, "2", 3] },
      { path: "$.data[].tag", types: ["null", "string"], values: ["a"] },
    ]);
    expect({ maps, complete }).toEqual({ maps: [], complete: true });
  });

  it("says the names around a value", () => {
    const { fields } = fieldsOf({ card: { numbers: ["1"], expMonth: 2 } }, none, LIMITS);
    const numbers = fields.find(({ path }) => path === "$.card.numbers[]");
    expect(numbers?.surroundings).toEqual({ name: "number", above: ["card", ""], beside: new Set(["number", "exp month"]) });
  });

  it("hides dynamic keys, and looks at them as values", () => {
    const { fields, maps } = fieldsOf({ byMail: { "jane@acme.com": { n: 1 }, "john@acme.com": { n: 2 } } }, none, LIMITS);
    expect(fields.map(({ path }) => path)).toEqual(["$", "$.byMail", "$.byMail{}", "$.byMail{}.n"]);
    expect(fields[2]?.keys).toEqual(["jane@acme.com", "john@acme.com"]);
    expect(maps).toEqual(["$.byMail"]);
  });

  it("hides one dynamic key among fields without making a map of them", () => {
    const { fields, maps } = fieldsOf({ name: "x", "jane@acme.com": 1 }, none, LIMITS);
    expect(fields.map(({ path }) => path)).toEqual(["$", "$.name", "$" + "{}"]);
    expect(maps).toEqual([]);
  });

  it("keeps what earlier runs took for a map", () => {
    const { fields, maps } = fieldsOf({ rooms: { kitchen: 1 } }, new Set(["$.rooms"]), LIMITS);
    expect(fields.map(({ path }) => path)).toEqual(["$", "$.rooms", "$.rooms{}"]);
    expect(maps).toEqual(["$.rooms"]);
  });

  it("takes __proto__ for a key like others", () => {
    const { fields } = fieldsOf(JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": 1}'), none, LIMITS);
    expect(fields.map(({ path }) => path)).toEqual(["$", "$.__proto__", "$.__proto__.isAdmin", "$.constructor"]);
    expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined();
  });

  it("stops at its limits and says so", () => {
    const nodes = fieldsOf(
      Array.from({ length: 50 }, (_, index) => index),
      none,
      { maxNodes: 20, maxPaths: 100 },
    );
    expect(nodes.complete).toBe(false);
    expect(nodes.fields[1]?.values).toHaveLength(19);
    const paths = fieldsOf({ alpha: 1, beta: "x", gamma: true }, none, { maxNodes: 100, maxPaths: 3 });
    expect(paths.complete).toBe(false);
    expect(paths.fields.map(({ path }) => path)).toEqual(["$", "$.alpha", "$.beta"]);
  });
});
