import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapPath, ROOT } from "../../../src/model/path-grammar.ts";
import { type ClassifyOptions, classifyBody } from "../../../src/observe/classify/classify-body.ts";
import { CLASSIFIER_REVISION } from "../../../src/observe/classify/revision.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const JSON_TYPE: ClassifyOptions = { contentType: "application/json; charset=utf-8", truncated: false, knownMaps: [] };
const FILE: ClassifyOptions = { contentType: undefined, truncated: false, knownMaps: [] };
const classify = (text: string, options: Partial<ClassifyOptions> = {}) => classifyBody(bytes(text), { ...JSON_TYPE, ...options });

describe("classifyBody", () => {
  it("says what a body is made of", () => {
    const body = JSON.stringify({ data: [{ id: 7, email: "jane.doe@acme.com", tags: [] }], has_more: false });
    expect(classify(body)).toEqual({
      state: "classified",
      mediaType: "application/json",
      format: "json",
      octets: body.length,
      records: 1,
      subjects: 1,
      shape: [
        { path: "$", types: ["object"], filled: 1, octets: 0 },
        { path: "$.data", types: ["array"], filled: 1, octets: 0 },
        { path: "$.data[]", types: ["object"], filled: 1, octets: 0 },
        { path: "$.data[].email", types: ["string"], filled: 1, octets: 17 },
        { path: "$.data[].id", types: ["number"], filled: 1, octets: 1 },
        { path: "$.data[].tags", types: ["array"], filled: 0, octets: 0 },
        { path: "$.has_more", types: ["boolean"], filled: 1, octets: 5 },
      ],
      classes: [
        { path: "$.data[].email", class: "email", confidence: 0.97, count: 1, masked: false, sample: false, share: 1, length: "17-32" },
      ],
      maps: [],
      hazards: [],
      duplicateKeys: [],
    });
    expect(CLASSIFIER_REVISION).toBe(3);
  });

  it.each([
    ["an array at the top", "[1,2,3]", 3],
    ["the longest array of objects below", '{"meta":{"a":[{}]},"data":[{},{}],"tags":["a","b","c"]}', 2],
    ["one level deeper", '{"result":{"items":[{},{},{}]}}', 3],
    ["an empty list", '{"data":[]}', 0],
    ["no list", '{"id":1}', undefined],
  ])("counts records of %s", (_what, body, records) => {
    expect(classify(body).records).toBe(records);
  });

  it.each([
    ["application/x-ndjson", "ndjson", '{"email":"jane@acme.com"}\n'],
    ["text/plain", "ndjson", '{"email":"jane@acme.com"}\n{"email":"john@acme.com"}\n'],
    ["application/json", "ndjson", '{"email":"jane@acme.com"}{"email":"john@acme.com"}'],
    ["application/json-seq", "json-seq", '\u001e{"email":"jane@acme.com"}\n\u001e{"email":"john@acme.com"}\n'],
    ["text/plain", "json-seq", '\u001e{"email":"jane@acme.com"}\n'],
  ])("reads several JSON texts (%s, %s)", (contentType, format, text) => {
    expect(classify(text, { contentType })).toMatchObject({
      state: "classified",
      format,
      classes: [{ path: "$[].email", class: "email" }],
    });
  });

  it("looks into plain text", () => {
    const facts = classify("Dear Jane,\nyour card 4539 1488 0343 6467 was charged.\n", { contentType: "text/plain" });
    expect(facts).toMatchObject({ state: "classified", format: "text", shape: [{ path: "$", types: ["string"] }] });
    expect(facts.classes).toMatchObject([{ path: "$", class: "payment_card" }]);
  });

  it.each<readonly [string, Partial<ClassifyOptions>, string, string, string | undefined]>([
    ["", {}, "empty", "nothing", undefined],
    ["", { truncated: true }, "truncated", "nothing of a truncated body", "body_truncated"],
    ["<html></html>", {}, "unsupported", "HTML where JSON was promised", "body_unsupported_type"],
    [
      "<!doctype html><html></html>",
      { contentType: "application/xml" },
      "unsupported",
      "HTML where XML was promised",
      "body_unsupported_type",
    ],
    ["a;b", { contentType: "application/protobuf" }, "unsupported", "a format that is not inspected", "body_unsupported_type"],
    ["\u0000\u0001\u0002\u0003", { contentType: "application/octet-stream" }, "unsupported", "bytes", "body_unsupported_type"],
    ["", { truncated: true, contentType: "text/csv" }, "truncated", "nothing of a table", "body_truncated"],
    ["{}", { contentType: "application/json; charset=klingon" }, "undecodable", "an unknown charset", "body_undecodable"],
  ])("%j with %j is %s (%s)", (text, options, state, _what, reason) => {
    const facts = classify(text, options);
    expect(facts).toMatchObject({ state, shape: [], classes: [], maps: [] });
    expect(facts.failure).toEqual(reason === undefined ? undefined : { reason });
  });

  it.each([
    ["NaN", '{"email":"jane@acme.com","a":NaN}'],
    ["a comma too many", '{"email":"jane@acme.com","a":[1,],}'],
    ["an end that is too early", '{"email":"jane@acme.com","a":1'],
    ["a bracket that closes another", '{"email":"jane@acme.com","a":[1}'],
  ])("calls a body with %s undecodable, with what was seen", (_what, text) => {
    expect(classify(text)).toMatchObject({
      state: "undecodable",
      failure: { reason: "body_undecodable" },
      classes: [{ path: "$.email", class: "email" }],
    });
  });

  it.each([
    ["201 levels", `{"email":"jane@acme.com","a":${"[".repeat(200)}${"]".repeat(200)}}`],
    ["a million levels", `{"email":"jane@acme.com","a":${"[".repeat(1_000_000)}`],
    ["a hundred thousand objects", `{"email":"jane@acme.com","a":${'{"a":'.repeat(100_000)}`],
  ])("stops at %s, with what was seen", (_what, text) => {
    expect(classify(text)).toMatchObject({
      state: "too-deep",
      failure: { reason: "body_too_deep" },
      classes: [{ path: "$.email", class: "email" }],
    });
  });

  it("stands 200 levels", () => {
    expect(classify("[".repeat(200) + "]".repeat(200)).state).toBe("classified");
  });

  it("sees in a truncated body what came before the cut, and never calls it whole", () => {
    const whole = JSON.stringify({
      data: [
        { email: "jane@acme.com", id: 1 },
        { email: "john@acme.com", id: 2 },
      ],
    });
    for (let length = 1; length < whole.length; length += 1) {
      const facts = classify(whole.slice(0, length), { truncated: true });
      expect(facts).toMatchObject({ state: "truncated", failure: { reason: "body_truncated" } });
    }
    expect(classify(whole.slice(0, -20), { truncated: true }).classes).toMatchObject([{ path: "$.data[].email", class: "email" }]);
    expect(classify('{"email":"jane@acme.com"}\n{"ema', { truncated: true, contentType: "application/x-ndjson" }).classes).toHaveLength(1);
  });

  it("calls a body of more than its limit truncated, and one of too many paths", () => {
    const list = `[${"1,".repeat(1000)}1]`;
    expect(classify(list, { maxBytes: list.length }).state).toBe("classified");
    expect(classify(list, { maxBytes: list.length - 1 }).state).toBe("truncated");
    expect(classify(JSON.stringify(["a".repeat(2 * 1024 * 1024)]))).toMatchObject({
      state: "truncated",
      shape: [{ path: "$" }, { path: "$[]", octets: 2 * 1024 * 1024 }],
    });
    const wide = Object.fromEntries(
      Array.from({ length: 6000 }, (_, index) => [
        `name_${String.fromCharCode(97 + (index % 26))}${"x".repeat(Math.floor(index / 26))}`.slice(0, 100) + index,
        index % 2 ? index : "x",
      ]),
    );
    const facts = classify(JSON.stringify(wide));
    expect(facts.state).toBe("truncated");
    expect(facts.shape.map(({ path }) => path)).toContain(mapPath(ROOT));
    expect(facts.shape).toHaveLength(2502);
  });

  it("keeps no number as a total that is no number of records", () => {
    expect(classify('{"data":[{"id":1}],"total":1000000000}').total).toBe(1_000_000_000);
    expect(classify('{"data":[{"id":1}],"total":4915112345678}')).not.toHaveProperty("total");
    expect(classify('{"data":[{"id":1}],"total":"4915112345678"}')).not.toHaveProperty("total");
  });

  it("tells of no guard in front of what turns out to be text", () => {
    expect(classify("/**/ note ([1, two])", { contentType: "text/plain" })).toMatchObject({ format: "text" });
    expect(classify("/**/ note ([1, two])", { contentType: "text/plain" })).not.toHaveProperty("guard");
    expect(classify("/**/ note ([1, 2])", { contentType: "text/plain" })).toMatchObject({ format: "json", guard: "jsonp" });
  });

  it("shows candidates below the threshold when asked", () => {
    const body = JSON.stringify({ number: "4539148803436467" });
    expect(classify(body).classes).toEqual([]);
    expect(classify(body, { threshold: 0 }).classes).toMatchObject([{ class: "payment_card", confidence: 0.45 }]);
  });

  it("takes labels, schemas and lists of faults for what they are", () => {
    const body = {
      messages: {
        password: "Password",
        email: "E-mail address",
        ssn: "Social security number",
        card_number: "Card number",
        errors: { password: ["is too short"] },
      },
      properties: { password: { type: "string" }, phone: { type: "string", example: "+1 ..." } },
      password_policy: { min_length: 12 },
      email_verified: true,
      phone_required: false,
    };
    expect(classify(JSON.stringify(body)).classes).toEqual([]);
  });

  it("gives the same facts whatever the order of keys", () => {
    const body = {
      b: "jane@acme.com",
      a: { z: 1, phone: "+14153608311", "john@acme.com": 1 },
      users: { u1: { x: 1, y: 2 }, u2: { y: 3, x: 4 } },
    };
    const shuffled = {
      users: { u2: { x: 4, y: 3 }, u1: { y: 2, x: 1 } },
      a: { "john@acme.com": 1, phone: "+14153608311", z: 1 },
      b: "jane@acme.com",
    };
    expect(classify(JSON.stringify(shuffled))).toEqual(classify(JSON.stringify(body)));
  });
});

describe("no value leaves", () => {
  const canaries = [
    "canary.jane@acme-corp.com",
    "+14153608311",
    "4539148803436467",
    "DE46100500001234567890",
    "523-45-6781",
    `sk_live_${"a1B2c3D4".repeat(3)}`,
    `eyJhbGciOiJFUzI1NiJ9.${"eyJzdWIiOiJ1MSJ9"}.c2lnbmF0dXJl`,
    "3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a",
    "Canary Q. Person",
    "canary text with a control \u0007 character",
    "https://acme.com/canary?token=1",
  ];

  it.each(canaries)("neither as a value nor as a key: %j", (canary) => {
    const body = {
      password: canary,
      list: [canary, { [canary]: canary }],
      [canary]: { id: 1 },
      text: `before ${canary} after`,
      json: JSON.stringify({ [canary]: canary }),
    };
    const facts = JSON.stringify(classify(JSON.stringify(body), { threshold: 0 }));
    expect(facts).not.toContain(JSON.stringify(canary).slice(1, -1));
    expect(facts).not.toContain(canary.slice(0, 12));
  });

  it("nor as a value that only its name gives away", () => {
    const facts = JSON.stringify(
      classify(JSON.stringify({ password: "violet-Kettle-31", note: "violet-Kettle-31", list: ["violet-Kettle-31"] })),
    );
    expect(facts).not.toContain("Kettle");
  });

  it("not by way of the content type", () => {
    expect(classify("{}", { contentType: "Canary secret; charset=x" }).mediaType).toBeUndefined();
  });
});

describe("hostile bodies", () => {
  it("gives a state for any bytes, and never throws", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.option(fc.string(), { nil: undefined }),
        fc.boolean(),
        (body, contentType, truncated) => {
          const { shape } = classifyBody(body, { contentType, truncated, knownMaps: [] });
          expect(Array.isArray(shape)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("gives facts for any JSON, each path once and in order", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { state, shape } = classify(text);
        const paths = shape.map(({ path }) => path);
        expect(["classified", "undecodable"]).toContain(state);
        expect(paths).toEqual([...new Set(paths)].sort());
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["prototype keys", '{"__proto__":{"password":"violet-Kettle-31"},"constructor":{"prototype":1},"toString":1}'],
    ["duplicate keys", '{"a":1,"a":{"a":[1]}}'],
    ["huge numbers", '{"card_number":1e400,"phone":9007199254740993,"n":-0}'],
    ["lone surrogates", '{"\\ud800":"\\udfff"}'],
    ["half a megabyte of key", `{"${"k".repeat(500_000)}":1}`],
    ["escapes", `{"a":"${"\\\\".repeat(100_000)}"}`],
  ])("stands %s", (_what, text) => {
    expect(classifyBody(bytes(text), FILE).state).toBe("classified");
  });
});
