import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDictionary, parseList } from "../../../../src/observe/classify/head/structured-field.ts";

const shown = (members: ReturnType<typeof parseList>) =>
  members?.map(({ key, value, parameters }) => [...(key === undefined ? [] : [key]), value, Object.fromEntries(parameters)]);

describe("lists", () => {
  test.each([
    ["", []],
    [
      "1, 2.5 ,\t-3",
      [
        [1, {}],
        [2.5, {}],
        [-3, {}],
      ],
    ],
    [
      '"burst";q=100;w=60,"daily";q=1000;w=86400',
      [
        ["burst", { q: 100, w: 60 }],
        ["daily", { q: 1000, w: 86400 }],
      ],
    ],
    [
      "100;w=60, 1000;w=86400",
      [
        [100, { w: 60 }],
        [1000, { w: 86400 }],
      ],
    ],
    ['"a \\"quoted\\" name";q=1;pk=:aGk=:;fresh', [['a "quoted" name', { q: 1, pk: ":aGk=:", fresh: true }]]],
    [
      "?1;a=?0, @1688169599, word/with:more",
      [
        [true, { a: false }],
        [1688169599, {}],
        ["word/with:more", {}],
      ],
    ],
    ['(1 "two";x=1 three);y=2', [["", { y: 2 }]]],
    ['%"f%c3%bc"', [['%"f%c3%bc"', {}]]],
  ])("%s", (text, expected) => {
    expect(shown(parseList(text))).toEqual(expected);
  });

  test.each(["1,", "1,,2", "1 2", '"open', '"a"b', "1.", "1.2345", "1234567890123456", ";a", "(1", "(1,2)", "ü", "=", '"\\n"'])(
    "not a list: %s",
    (text) => {
      expect(parseList(text)).toBeUndefined();
    },
  );
});

describe("dictionaries", () => {
  test.each([
    [
      "limit=100, remaining=50, reset=5",
      [
        ["limit", 100, {}],
        ["remaining", 50, {}],
        ["reset", 5, {}],
      ],
    ],
    [
      "a, b;x=1, c=?0",
      [
        ["a", true, {}],
        ["b", true, { x: 1 }],
        ["c", false, {}],
      ],
    ],
    ["a=1, a=2", [["a", 2, {}]]],
  ])("%s", (text, expected) => {
    expect(shown(parseDictionary(text))).toEqual(expected);
  });

  test.each(["A=1", "a=", "a=1 b=2", "100"])("not a dictionary: %s", (text) => {
    expect(parseDictionary(text)).toBeUndefined();
  });
});

describe("hostile", () => {
  test.each([
    ["64 KB", "a".repeat(65_536)],
    ["10,000 members", Array.from({ length: 10_000 }, () => "1").join(",")],
    ["65 members", Array.from({ length: 65 }, () => "1").join(",")],
    ["backslashes that end nothing", `"${"\\\\".repeat(2000)}`],
    ["parameters without end", `1${";a".repeat(2000)};`],
  ])("%s", (_, text) => {
    expect(parseList(text)).toBeUndefined();
  });

  test("a key of a prototype is a key", () => {
    expect(parseList("1;__proto__=2")).toBeUndefined();
    expect(parseList("1;constructor=2")?.[0]?.parameters.get("constructor")).toBe(2);
  });

  test("any text is answered", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseList(text)));
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ab1;=,"\\ ()@?:%.-') }), (text) => void parseDictionary(text)));
  });
});
