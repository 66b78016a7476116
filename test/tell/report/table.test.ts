import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { Style } from "../../../src/tell/report/style.ts";
import { type Column, renderDefinition, renderTable } from "../../../src/tell/report/table.ts";
import { textWidth } from "../../../src/tell/report/width.ts";

const plain: Style = { columns: 80, colour: false, unicode: true };
const COLUMNS: readonly Column[] = [
  { title: "ID" },
  { title: "MESSAGE", flexible: true },
  { title: "SCORE", align: "right", priority: 1 },
  { title: "NOTE", priority: 2 },
];

describe("renderTable", () => {
  it("prints aligned columns without borders", () => {
    const rows = [
      ["a", "short", "7", "x"],
      ["bcd", "世界", "100", "y"],
    ];
    expect(renderTable(COLUMNS, rows, plain)).toBe(
      ["ID   MESSAGE  SCORE  NOTE", "a    short        7  x", "bcd  世界       100  y"].join("\n"),
    );
  });

  it("wraps the flexible column and nothing else", () => {
    const rows = [["0123456789abcdef", "one two three four five six", "7", ""]];
    expect(renderTable(COLUMNS, rows, { ...plain, columns: 41 })).toBe(
      ["ID                MESSAGE        SCORE", "0123456789abcdef  one two three      7", "                  four five six"].join("\n"),
    );
  });

  it("leaves out columns by priority before it cuts an id", () => {
    const rows = [["0123456789abcdef", "one two three four", "7", "note"]];
    const narrow = renderTable(COLUMNS, rows, { ...plain, columns: 30 });
    expect(narrow).toBe(["ID                MESSAGE", "0123456789abcdef  one two", "                  three four"].join("\n"));
  });

  it.each([40, 80, 200])("stays within %i columns, whatever the cells are", (columns) => {
    const rows = [["x".repeat(300), "y ".repeat(400), "9".repeat(50), "z".repeat(90)]];
    const lines = renderTable(COLUMNS, rows, { ...plain, columns }).split("\n");
    expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
  });

  it("gives off no escape sequence without colour, and only our own with it", () => {
    const rows = [[{ text: "a\u001b[2J", tone: "critical" } as const, "::error::x\ny", "1", ""]];
    expect(renderTable(COLUMNS, rows, plain)).not.toContain("\u001b");
    const coloured = renderTable(COLUMNS, rows, { ...plain, colour: true });
    expect(stripVTControlCharacters(coloured)).toBe(renderTable(COLUMNS, rows, plain));
    expect(coloured).toContain("\u001b[1;31ma\\x1b[2J\u001b[0m");
    expect(coloured).toContain(":\\x3aerror:\\x3ax\\ny");
  });

  it("closes the colour on every line of a wrapped cell", () => {
    const rows = [["a", { text: "one two three four five six seven eight", tone: "high" } as const, "", ""]];
    const lines = renderTable(COLUMNS, rows, { ...plain, columns: 40, colour: true })
      .split("\n")
      .slice(1);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.split("\u001b[31m").length).toBe(line.split("\u001b[0m").length);
  });

  it("fills missing cells and ignores surplus ones", () => {
    expect(renderTable([{ title: "A" }, { title: "B" }], [["1"], ["1", "2", "3"]], plain)).toBe(["A  B", "1", "1  2"].join("\n"));
  });
});

describe("renderDefinition", () => {
  it("aligns names and wraps values under themselves", () => {
    expect(
      renderDefinition(
        [
          ["rule", "tls/x"],
          ["rationale", "one two three four five six"],
        ],
        { ...plain, columns: 30 },
      ),
    ).toBe(["rule       tls/x", "rationale  one two three four", "           five six"].join("\n"));
  });

  it("prints nothing for nothing, and hostile values safely", () => {
    expect(renderDefinition([], plain)).toBe("");
    expect(renderDefinition([["a\u001b", "\u202eb"]], plain)).toBe("a\\x1b  \\u202eb");
  });
});
