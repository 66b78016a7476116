import { describe, expect, it } from "vitest";
import { type ClassifyOptions, classifyBody } from "../../../src/observe/classify/classify-body.ts";
import { mayHoldSecret } from "../../../src/observe/classify/secret-shape.ts";

const OPTIONS: ClassifyOptions = { contentType: "application/json", truncated: false, knownMaps: [] };
const classify = (body: unknown) => classifyBody(new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)), OPTIONS);
const people = (count: number) => Array.from({ length: count }, (_, id) => ({ id, email: `user.${id}@acme.com` }));

describe("records of the main array", () => {
  it.each<readonly [string, unknown, number | undefined]>([
    ["the document itself", people(3), 3],
    ["below a name", { meta: { tags: [{}] }, users: people(3) }, 3],
    [
      "the longest of alike objects",
      { users: people(3), facets: [{ a: 1 }, { b: 1 }, { c: 1 }, { d: 1 }], pages: [{ n: 1 }, { n: 2 }] },
      3,
    ],
    ["no list inside a record", { orders: [{ lines: people(5) }, { lines: people(2) }] }, 2],
    ["JSON:API", { data: people(2).map((attributes) => ({ type: "u", attributes })), included: people(9) }, 2],
    ["JSON:API with nothing", { data: [], included: people(9) }, 0],
    ["HAL", { _links: { self: {} }, _embedded: { users: people(4) }, other: people(7) }, 4],
    ["GraphQL", { data: { viewer: { repositories: { edges: [{ node: people(5) }, { node: [] }] } } } }, 2],
    ["FHIR", { resourceType: "Bundle", link: people(4), entry: [{ resource: { a: 1 } }, { resource: { b: 2 } }] }, 2],
    ["OData", { "@odata.context": "x", value: people(6) }, 6],
    ["objects that are not alike", { events: [{ a: 1 }, { b: 2 }, { c: 3 }] }, 3],
    ["an empty list", { data: [], page: 1 }, 0],
    ["texts", { tags: ["a", "b"] }, undefined],
    ["no list", { id: 1 }, undefined],
  ])("%s", (_what, body, records) => {
    expect(classify(body).records).toBe(records);
  });
});

describe("how many there are in all", () => {
  it.each<readonly [string, unknown, number | undefined]>([
    ["total", { data: [], total: 12 }, 12],
    ["total_count", { total_count: 12, items: [] }, 12],
    ["totalCount", { totalCount: "12" }, 12],
    ["meta.total", { data: [], meta: { total: 12 } }, 12],
    ["page.totalElements", { page: { size: 20, totalElements: 12 } }, 12],
    ["pagination.total_items", { pagination: { total_items: 12 } }, 12],
    ["@odata.count", { "@odata.count": 12, value: [] }, 12],
    ["hits.total of a search", { hits: { total: 12, hits: [] } }, 12],
    ["GraphQL's totalCount", { data: { users: { totalCount: 12, edges: [] } } }, 12],
    ["an amount of money", { order: { total: 12.5 }, invoice: { total: 12 } }, undefined],
    ["the sum of an order", { lines: [{ sku: 1 }], subtotal: 10, total: 12 }, undefined],
    ["the sum of what has no list", { total: 12 }, undefined],
    ["less than what came", { data: people(3), total: 2 }, undefined],
    ["no number", { total: null }, undefined],
  ])("%s", (_what, body, total) => {
    expect(classify(body).total).toBe(total);
  });
});

describe("different persons", () => {
  it.each<readonly [string, unknown, number | undefined]>([
    ["by e-mail", people(7), 7],
    ["once each", [...people(3), ...people(3), { email: "USER.1@acme.com" }], 3],
    ["by the path that tells most apart", people(4).map((user) => ({ ...user, owner: { email: "boss@acme.com" } })), 4],
    ["by keys", { visits: { "+14155550123": 1, "+14155550124": 2 } }, 2],
    ["nobody", { id: 7, name: "thing" }, undefined],
  ])("%s", (_what, body, subjects) => {
    expect(classify(body).subjects).toBe(subjects);
  });

  it("are about as many as there are where there are many", () => {
    const { subjects = 0 } = classify(people(30_000));
    expect(Math.abs(subjects / 30_000 - 1)).toBeLessThan(0.06);
  });
});

describe("keys that came twice", () => {
  it("are told by the path of their object, and both values are looked at", () => {
    const facts = classify('{"user":{"email":"jane@acme.com","email":null},"list":[{"a":1},{"a":1,"b":2,"a":3}],"a":1}');
    expect(facts.duplicateKeys).toEqual(["$.list[]", "$.user"]);
    expect(facts.classes).toMatchObject([{ path: "$.user.email", class: "email" }]);
  });

  it("are no keys of different cases", () => {
    expect(classify('{"a":1,"A":2}').duplicateKeys).toEqual([]);
  });
});

describe("long numbers", () => {
  it("keep their digits", () => {
    expect(classify('{"card_number":4539148803436467000,"card":{"card_number":4539148803436467}}').classes).toMatchObject([
      { path: "$.card.card_number", class: "payment_card" },
    ]);
    expect(classify('{"card_number":6304000000000000000}').shape[1]).toEqual({
      path: "$.card_number",
      types: ["number"],
      filled: 1,
      octets: 19,
    });
  });
});

describe("what may hold a secret", () => {
  it.each([
    `sk_live_${"a1B2c3D4".repeat(3)}`,
    "xoxb-123456789012-abcdefABCDEF1234",
    "AKIAIOSFODNN7EXAMPLE",
    "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2ln",
    "-----BEGIN PRIVATE KEY-----\nMIIE",
    "$2b$12$abcdefghijKLMNOP0123456789./abcdefghijKLMNOP012345678",
    "{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
    "postgres://app:violet@db.acme.com/x",
    "https://acme.com/d?sig=abc",
    "12345678:AAabcdefabcdefabcdefabcdefabcdefabc",
    "key-0123456789abcdef0123456789abcdef",
    '{"user":"a","password":"b"}',
    "the key is sk-ant-a-b-c-d-e-f-g-h-i-j",
  ])("%j", (text) => {
    expect(mayHoldSecret(text)).toBe(true);
  });

  it.each([
    "Jane Doe",
    "2026-11-23T10:00:00Z",
    "3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a",
    "jane.doe@acme.com",
    "https://acme.com/a/b",
    "a short note, with words",
    '{"a":1,"b":[2]}',
    "+1 415 555 0123",
  ])("not %j", (text) => {
    expect(mayHoldSecret(text)).toBe(false);
  });
});
