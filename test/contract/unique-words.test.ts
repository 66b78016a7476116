import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const CLASSIFY = new URL("../../src/observe/classify/", import.meta.url);
/** Texts that are joined and split at spaces, with comments between them. */
const LIST = /((?:"(?:[^"\\\n]|\\.)*"(?:\s|\+|\/\/[^\n]*\n)*)+)\)?\s*\.split\(\s*" ",?\s*\)/g;

function twiceIn(list: string): readonly string[] {
  const words = [...list.replace(/\/\/[^\n]*\n/g, "").matchAll(/"([^"]*)"/g)]
    .flatMap(([, text = ""]) => text.split(" "))
    .filter((word) => word !== "");
  return words.filter((word, at) => words.indexOf(word) < at);
}

describe("lists of words", () => {
  const files = readdirSync(CLASSIFY, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const lists = files.flatMap((file) =>
    [...readFileSync(new URL(file, CLASSIFY), "utf8").matchAll(LIST)].map(([, list = ""]) => ({ file, list })),
  );

  it("are found", () => {
    expect(lists.length).toBeGreaterThan(20);
    expect(twiceIn('"a b " + // of c\n "c b"')).toEqual(["b"]);
  });

  it("hold no word twice", () => {
    const twice = lists.flatMap(({ file, list }) => twiceIn(list).map((word) => `${file}: ${word}`));
    expect(twice).toEqual([]);
  });
});
