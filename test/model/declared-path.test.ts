import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { declaredMaps, declaredPathProblem, declaredPaths, parentPath } from "../../src/model/declared-path.ts";

const covers = (declared: string, path: string) => declaredPaths([declared]).covers(path);

describe("a declared path", () => {
  it.each([
    ["$.id", "$.id"],
    ["$.data[].id", "$.data[].id"],
    ["$", "$"],
    ["$[]", "$[]"],
    ["$[][].x", "$[][].x"],
    ["$['first name']", "$['first name']"],
    ["$['it\\'s'].x", "$['it\\'s'].x"],
    ["$['id']", "$.id"],
    ["$.a.*", "$.a.b"],
    ["$.a.*", "$.a.b[].c{}.d"],
    ["$.a.*", "$.a[]"],
    ["$.a.*", "$.a"],
    ["$.*", "$.anything.at[].all"],
    ["$[].*", "$[].x.y"],
    ["$..id", "$.id"],
    ["$..id", "$.a[].b{}.id"],
    ["$..id", "$.id.id"],
    ["$.data[]..id", "$.data[].owner.id"],
    ["$..owner.id", "$.a.owner.id"],
    ["$..owner.*", "$.a.owner.name.first"],
    ["$..['first name']", "$.a['first name']"],
    ["$.stock{}.qty", "$.stock{}.qty"],
    ["$.stock{}.qty", "$.stock.wh1.qty"],
    ["$.stock.wh1.qty", "$.stock{}.qty"],
    ["$.tags", "$.tags[]"],
    ["$.matrix", "$.matrix[][]"],
  ])("%s speaks of %s", (declared, path) => expect(covers(declared, path)).toBe(true));

  it.each([
    ["$.id", "$.id.x"],
    ["$.id", "$.ids"],
    ["$.a.b", "$.a"],
    ["$.data", "$.data[].id"],
    ["$.data.id", "$.data[].id"],
    ["$.data[].id", "$.data.id"],
    ["$.a.*", "$.b.a"],
    ["$.a.*", "$.ab"],
    ["$.data[]..id", "$.id"],
    ["$.data[]..id", "$.meta.id"],
    ["$..id", "$.a.identity"],
    ["$..owner.id", "$.owner.x.id"],
    ["$.stock[].qty", "$.stock{}.qty"],
    ["$.x", "not a path"],
    ["$.x", "$..x"],
  ])("%s does not speak of %s", (declared, path) => expect(covers(declared, path)).toBe(false));

  it.each([
    ["data.id", { kind: "root", at: 0 }],
    ["$.data[*].id", { kind: "index", at: 6 }],
    ["$.data[0].id", { kind: "index", at: 6 }],
    ['$["id"]', { kind: "index", at: 1 }],
    ["$.a.*.b", { kind: "star", at: 4 }],
    ["$*", { kind: "star", at: 1 }],
    ["$..*", { kind: "star", at: 1 }],
    ["$.a..", { kind: "stray", at: 3 }],
    ["$.a b", { kind: "stray", at: 3 }],
    ["$.1a", { kind: "stray", at: 1 }],
    ["$.a.", { kind: "stray", at: 3 }],
    ["$['a", { kind: "unclosed", at: 1 }],
    ["$['a'b']", { kind: "stray", at: 4 }],
    ["$['a\\']", { kind: "unclosed", at: 1 }],
  ])("%s cannot be read", (text, problem) => expect(declaredPathProblem(text)).toEqual(problem));

  it("is bounded, whatever it is", () => {
    const hostile = [...Array.from({ length: 2000 }, (_, at) => `$${"..a".repeat(100)}.n${at}`), "$..a.*", "$['__proto__'].x"];
    expect(declaredPaths(hostile).covers(`$${".a".repeat(200)}.n1999`)).toBe(true);
    expect(declaredPaths(["$['__proto__'].x"]).covers("$.__proto__.x")).toBe(true);
    expect(declaredPaths(["$.a"]).covers("$.__proto__")).toBe(false);
  });

  it("never throws, and covers nothing where it cannot be read", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."$.[]{}*'\\ab1 ") }),
        fc.string({ unit: fc.constantFrom(..."$.[]{}*'\\ab1 ") }),
        (one, other) => {
          const isRead = declaredPathProblem(`$${one}`) === undefined;
          expect(declaredPaths([`$${one}`]).covers(`$${other}`) && !isRead).toBe(false);
        },
      ),
    );
  });
});

describe("what is missing", () => {
  const missing = (declared: readonly string[], paths: readonly string[], open: readonly string[] = []) =>
    declaredPaths(declared).missing(paths.map((path) => ({ path, open: open.includes(path) })));

  it("is what no path is spoken of by", () => {
    expect(missing(["$.b", "$.a", "$.c.*", "$..d"], ["$", "$.a"])).toEqual(["$.b", "$.c.*", "$..d"]);
    expect(missing(["$.b", "$.a", "$.c.*", "$..d"], ["$", "$.a", "$.c.x", "$.c.d", "$.b"])).toEqual([]);
  });

  it("is not what may stand below an empty place", () => {
    expect(missing(["$.items[].sku", "$.other", "$..x"], ["$", "$.items"], ["$.items"])).toEqual(["$.other"]);
    expect(missing(["$.items[].sku"], ["$", "$.other"], ["$.other"])).toEqual(["$.items[].sku"]);
  });

  it("is nothing that cannot be read", () => expect(missing(["$.a[0]"], ["$"])).toEqual([]));
});

describe("places whose keys are data", () => {
  it.each([
    ["$.stock{}.qty", ["$.stock"]],
    ["$['stock'][]{}{}.x", ["$.stock[]", "$.stock[]{}"]],
    ["$['it\\'s']{}", ["$['it\\'s']"]],
    ["$[]{}", ["$[]"]],
    ["$..a{}.b", []],
    ["$.a.b", []],
    ["$.a[0]{}", []],
  ])("%s names %j", (path, maps) => expect(declaredMaps([path, path])).toEqual(maps));
});

describe("the path above", () => {
  it.each([
    ["$.a.b", "$.a"],
    ["$.a[]", "$.a"],
    ["$['x.y']", "$"],
    ["$", undefined],
    ["a", undefined],
  ])("%s is %s", (path, parent) => expect(parentPath(path)).toBe(parent));
});
