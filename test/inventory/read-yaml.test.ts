import { describe, expect, test } from "vitest";
import { readYaml } from "../../src/inventory/read-yaml.ts";

function faultsIn(text: string) {
  const read = readYaml(text);
  if (read.ok) throw new Error("was read");
  return read.error;
}

function valueIn(text: string): unknown {
  const read = readYaml(text);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.value;
}

describe("values", () => {
  test("YAML 1.2 core: dates, on, off and yes are text", () => {
    expect(valueIn("a: 2026-09-01\nb: off\nc: yes\nd: true\ne: 3\nf:\n")).toEqual({
      a: "2026-09-01",
      b: "off",
      c: "yes",
      d: true,
      e: 3,
      f: null,
    });
  });

  test("JSON is YAML", () => {
    expect(valueIn('{"version": 1, "list": [{"a": "b"}]}')).toEqual({ version: 1, list: [{ a: "b" }] });
  });

  test("an alias stands for its anchor, and << is an ordinary key", () => {
    expect(valueIn("a: &x { b: 1 }\nc: *x\n<<: *x\n")).toEqual({ a: { b: 1 }, c: { b: 1 }, "<<": { b: 1 } });
  });

  test("records have no prototype to pollute", () => {
    expect(Object.getPrototypeOf(valueIn("a: 1"))).toBeNull();
  });
});

describe("places", () => {
  test("of keys, values, aliased values and missing keys", () => {
    const read = readYaml("a:\n  - b: 1\n    c: &q {z: 3}\n  - *q\n");
    if (!read.ok) throw new Error("not read");
    const { locate } = read.value;
    expect(locate(["a", 0, "c"], "key")).toEqual({ line: 3, column: 5 });
    expect(locate(["a", 0, "b"], "value")).toEqual({ line: 2, column: 8 });
    expect(locate(["a", 1, "z"], "value")).toEqual({ line: 3, column: 15 });
    expect(locate(["a", 0, "absent", "deeper"], "value")).toEqual({ line: 2, column: 5 });
  });
});

describe("hostile text", () => {
  test("nesting is bounded before the composer recurses", () => {
    for (const opening of ["[", "- ", "? ", "{a: ", "a: ["]) {
      expect(faultsIn(opening.repeat(1_000_000))[0]).toMatchObject({ line: 1, expected: "at most 64 levels of nesting" });
    }
  });

  test("an alias bomb is refused without being expanded", () => {
    const levels = Array.from({ length: 40 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}, *a${level}]`);
    expect(faultsIn(`a0: &a0 [x, x]\n${levels.join("\n")}\n`)[0]).toMatchObject({
      line: 13,
      expected: "at most 2000000 values once aliases are expanded",
    });
  });

  test("an alias of what contains it, or of nothing", () => {
    const fault = { expected: "an alias of something that stands, complete, further up" };
    expect(faultsIn("a: &x { b: *x }")).toMatchObject([{ line: 1, column: 12, ...fault }]);
    expect(faultsIn("a: *nothing")).toMatchObject([{ line: 1, column: 4, ...fault }]);
  });

  test("50,000 keys are compared in linear time, and the one that comes twice is found", () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => `k${index}: 1\n`).join("");
    expect(faultsIn(`${keys}k7: 2\n`)).toMatchObject([{ line: 50_001, column: 1, expected: "each key once in a mapping" }]);
  });

  test.each([
    ["a: 1\na: 2\n", 2, 1, "each key once in a mapping"],
    ["__proto__: { polluted: 1 }", 1, 1, "a key that is not a property of every JavaScript object"],
    ["a:\n\t- b", 2, 1, "spaces as indentation"],
    ["a: 1\n---\nb: 2\n", 2, 1, "one document in the file"],
    ["a: !!js/function x", 1, 4, "a plain value"],
    ["? [a]\n: 1", 1, 3, "a plain word as key"],
    ["a: 'open", 1, 9, "a closing quote, bracket or colon"],
    ["a: @x", 1, 4, "a value in quotes"],
    ["a: b: c", 1, 4, "a value in quotes, or a mapping on lines of its own"],
  ])("%j", (text, line, column, expected) => {
    expect(faultsIn(text)[0]).toMatchObject({ line, column, expected });
  });

  test("a fault of the syntax quotes nothing of the text", () => {
    for (const text of [
      "k: v\n hunter2: x",
      "- a\nhunter2: b",
      "k: 'hunter2",
      "k: *hunter2",
      "a: !hunter2 x",
      "%hunter2\n---\na: 1",
      '{"k": "hunter2" "x"',
    ]) {
      expect(JSON.stringify(faultsIn(text)), text).not.toContain("hunter2");
    }
  });
});
