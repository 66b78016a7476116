import { describe, expect, it } from "vitest";
import { mapPath, ROOT } from "../../../src/model/path-grammar.ts";
import { classifyBody } from "../../../src/observe/classify/classify-body.ts";

const MANY = 6000;

/** `records` by keys that are no numbers, names or tokens by themselves. */
function classified(keyOf: (at: number) => string, recordOf: (at: number) => unknown) {
  const body = Object.fromEntries(Array.from({ length: MANY }, (_, at) => [keyOf(at), recordOf(at)]));
  return classifyBody(Buffer.from(JSON.stringify(body)), { contentType: "application/json", truncated: false, knownMaps: [] });
}

function word(at: number): string {
  return `z${[...String(at)].map((digit) => "abcdefghij"[Number(digit)]).join("")}`;
}

const address = (at: number) => `p${at}@posteo.de`;
const short = (at: number) => `k${at}x`;
const mixed = (at: number) => `Q${at.toString(36)}`;

describe("an object of thousands of keys", () => {
  it.each([
    ["short keys, the same fields", short, (at: number) => ({ email: address(at), n: at })],
    ["short keys, one field", short, (at: number) => ({ email: address(at) })],
    ["short keys, fields that vary", short, (at: number) => ({ email: address(at), n: at, ...(at % 3 === 0 ? {} : { a: 1 }) })],
    ["keys of small and capital letters and digits", mixed, (at: number) => ({ email: address(at), n: at })],
    ["words", word, (at: number) => (at === 5 ? { email: address(at), id: 3 } : { email: address(at), note: at })],
    ["lists of records", mixed, (at: number) => [{ email: address(at) }]],
  ])("is a map where all values are records: %s", (_what, keyOf, recordOf) => {
    const { state, maps, classes } = classified(keyOf, recordOf);
    expect([state, maps]).toEqual(["classified", ["$"]]);
    expect(classes.map((found) => [found.class, found.count])).toEqual([["email", MANY]]);
  });

  it("is truncated where it is none, and what is beyond the paths is looked at all the same", () => {
    const { state, maps, classes, shape } = classified(word, (at) =>
      at % 2 === 0 ? { email: address(at), n: at } : [{ email: address(at) }],
    );
    expect([state, maps, shape.length]).toEqual(["truncated", [], 5000]);
    expect(classes.find(({ path }) => path.startsWith(mapPath(ROOT)))?.count).toBeGreaterThan(1000);
    expect(classes.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(MANY / 2);
  });

  it("leaves paths for what stands deeper, whatever stands first", () => {
    const wide = Object.fromEntries(Array.from({ length: 2600 }, (_, at) => [word(at), at % 2 === 0 ? at : "x"]));
    const body = { first: wide, second: wide, third: { people: [{ email: "jane.doe@posteo.de" }] } };
    const facts = classifyBody(Buffer.from(JSON.stringify([body])), {
      contentType: "application/json",
      truncated: false,
      knownMaps: ["$.no"],
    });
    expect(facts.classes.map((found) => found.class)).toContain("email");
  });
});
