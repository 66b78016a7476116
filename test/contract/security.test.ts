import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** SECURITY.md promises a test for each line of the threat model: the promise is checked here. */

const ROOT = new URL("../../", import.meta.url);
const document = readFileSync(new URL("SECURITY.md", ROOT), "utf8");
const lines = document
  .split(/^(?=\*\*T\d+\.\*\*)/m)
  .slice(1)
  .map((text) => ({
    id: /^\*\*(T\d+)\.\*\*/.exec(text)?.[1] ?? "",
    proofs: [...text.matchAll(/^- `([^`]+)` › (.+)$/gm)].map(([, file = "", title = ""]) => ({ file, title })),
  }));

describe("SECURITY.md", () => {
  test("numbers its lines without a gap", () => {
    expect(lines.map(({ id }) => id)).toEqual(lines.map((_, index) => `T${index + 1}`));
    expect(lines.length).toBeGreaterThanOrEqual(22);
  });

  test.each(lines)("$id names a test that exists", ({ proofs }) => {
    expect(proofs).not.toEqual([]);
    for (const { file, title } of proofs) {
      expect(existsSync(new URL(file, ROOT)), file).toBe(true);
      const titles = [...readFileSync(new URL(file, ROOT), "utf8").matchAll(TITLE)].map(([, , text]) => text);
      expect(titles, file).toContain(title);
    }
  });
});

/** The title of a test or a group: the first string after it, after `each(...)` too, at the start of an argument list. */
const TITLE = /(?:\b(?:test|it|describe)(?:\.\w+)*|\))\(\s*(["'`])((?:\\.|(?!\1).)*)\1/g;
