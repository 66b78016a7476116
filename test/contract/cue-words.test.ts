import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isAboutAnother, wordsOf } from "../../src/observe/classify/names.ts";
import { examplesOf } from "../support/pattern-examples.ts";

/** Names of fields are compared as `wordsOf` writes them, plurals cut: a cue that is written otherwise fits no name. */

const CLASSIFY = fileURLToPath(new URL("../../src/observe/classify", import.meta.url));
/** What a value says, and not what a field is called. */
const NOT_NAMES = [
  "detectors/financial/routing-number.ts: cnaps",
  "detectors/secret/secret-url.ts: preferences",
  "detectors/secret/vendor-keys.ts: rubygems",
];
/** Heads, readers and lock files compare names as they arrive; names.ts is what cuts. */
const OTHER_NAMES = /^(?:head|read|lock-files|hazards)\/|^names\.ts$/;
const sources = readdirSync(CLASSIFY, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !OTHER_NAMES.test(file))
  .map((file) => ({ file, text: readFileSync(join(CLASSIFY, file), "utf8") }));

describe("words that names of fields are compared with", () => {
  test("stand in patterns as names are written", () => {
    expect(sources.flatMap(({ text }) => patternsIn(text)).length).toBeGreaterThan(300);
    const cut = sources.flatMap(({ file, text }) =>
      patternsIn(text)
        .flatMap(cutIn)
        .map((word) => `${file}: ${word}`),
    );
    expect([...new Set(cut)].sort()).toEqual(NOT_NAMES);
  });

  test("are asked for as names are written", () => {
    const detectors = sources.filter(({ file }) => file.startsWith("detectors/"));
    const asked = detectors.flatMap(({ text }) => [...text.matchAll(ASKED)].map(([, word = ""]) => word));
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((word) => wordsOf(word) !== word)).toEqual([]);
  });

  test.each(["expires", "type", "has"])("say that a name is of something else: %s", (word) => {
    expect(isAboutAnother(wordsOf(`${word}_password_${word}`))).toBe(true);
  });
});

describe("a pattern's examples", () => {
  test.each([
    ["^(?:licen[cs]e|bacs)(?: number)?$", ["licence number", "license number", "bacs number", "licence"]],
    ["a|b(?!x)c{2}", ["a", "bcc"]],
    ["(?:^| )x$", ["x", " x"]],
  ])("have every word of %s", (source, examples) => {
    expect(examplesOf(source)).toEqual(examples);
  });
});

/** Of patterns that take both cases nobody makes cues: names are in lower case. */
function patternsIn(text: string): readonly RegExp[] {
  return [...text.matchAll(PATTERN)].flatMap(([, source = "", flags = ""]) => (flags.includes("i") ? [] : [new RegExp(source, flags)]));
}

/** Examples that the pattern fits, and that it does not fit any more once they are written as names are. */
function cutIn(pattern: RegExp): readonly string[] {
  return examplesOf(pattern.source).filter((text) => WORDS.test(text) && pattern.test(text) && !pattern.test(wordsOf(text)));
}

const PATTERN = /(?<=[=(,:[|&?!]\s*)\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([gimsuy]*)/g;
const ASKED = /\.(?:beside|above|below|belowAbove|has)\("([a-z][a-z ]*)"/g;
const WORDS = /^[\p{Ll}\p{Lo}]{2,}(?: (?:[\p{Ll}\p{Lo}]+|\d+))*$/u;
