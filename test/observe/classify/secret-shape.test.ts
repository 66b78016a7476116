import { describe, expect, it } from "vitest";
import { mayHoldSecret } from "../../../src/observe/classify/secret-shape.ts";

describe("a text that may hold a secret", () => {
  it.each([
    ["a link with a user", "see ftp://me:pw@a.test"],
    ["a link with a query", "see http://a.test/?k=1"],
    ["the second of two links", "http://a.test and http://b.test/?k=1"],
    ["a link behind a long text", `http://a.test ${"a b ".repeat(600)} http://b.test/?k=1`],
  ])("holds %s", (_, text) => {
    expect(mayHoldSecret(text)).toBe(true);
  });

  it.each([
    ["links that carry nothing", "http://a.test and http://b.test"],
    ["a mark too far behind the link", `http://a.test ${"a b ".repeat(600)}?`],
    ["very many links", "://".repeat(1_000_000)],
  ])("is not one of %s", (_, text) => {
    expect(mayHoldSecret(text)).toBe(false);
  });
});
