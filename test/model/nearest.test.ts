import { expect, test } from "vitest";
import { nearest } from "../../src/model/nearest.ts";

test("finds the word that was mistyped", () => {
  expect(nearest("ownr", ["id", "owner", "name"])).toBe("owner");
  expect(nearest("Bearer", ["bearer", "basic"])).toBe("bearer");
  expect(nearest("baseurl", ["baseUrl", "name"])).toBe("baseUrl");
  expect(nearest("cd", ["id", "name"])).toBe("id");
});

test("prefers the nearest of several", () => {
  expect(nearest("tokne", ["token", "tokens"])).toBe("token");
  expect(nearest("higth", ["low", "high", "height"])).toBe("high");
});

test("takes two swapped letters for one mistake, and the first of equals", () => {
  expect(nearest("aduit", ["audit", "init"])).toBe("audit");
  expect(nearest("finding shwo", ["finding list", "finding show"])).toBe("finding show");
  expect(nearest("ab", ["ac", "aa"])).toBe("aa");
});

test("says nothing where nothing is near", () => {
  expect(nearest("hunter2", ["bearer", "basic", "none"])).toBeUndefined();
  expect(nearest("", ["a"])).toBeUndefined();
  expect(nearest("owner", [])).toBeUndefined();
});

test("long text is no mistyped word and costs nothing", () => {
  expect(nearest("x".repeat(1_000_000), ["x".repeat(999_999)])).toBeUndefined();
});
