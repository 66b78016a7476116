import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementPath, mapPath, memberPath, ROOT, readPath } from "../../src/model/path-grammar.ts";

describe("paths", () => {
  it.each([
    ["data", "$.data"],
    ["_id", "$._id"],
    ["@type", "$.@type"],
    ["$ref", "$.$ref"],
    ["x-y1", "$.x-y1"],
    ["1st", "$['1st']"],
    ["a b", "$['a b']"],
    ["a.b", "$['a.b']"],
    ["it's", "$['it\\'s']"],
    ["a\\b", "$['a\\\\b']"],
    ["", "$['']"],
    ["名前", "$['名前']"],
  ])("writes the key %j as %s", (key, path) => {
    expect(memberPath(ROOT, key)).toBe(path);
  });

  it("writes elements and dynamic keys without a dot", () => {
    expect(elementPath(elementPath(ROOT))).toBe("$[][]");
    expect(memberPath(mapPath(memberPath(ROOT, "users")), "id")).toBe("$.users{}.id");
  });
});

describe("what is written", () => {
  it("is read again, whatever the key", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 }), (keys) => {
        const read = readPath(keys.reduce((path, key) => memberPath(path, key), ROOT));
        expect(read.ok && read.value.map(({ step }) => step)).toEqual(keys.map((name) => ({ kind: "member", name })));
      }),
    );
  });
});
