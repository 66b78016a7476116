import CliTable from "cli-table3";
import { sanitise } from "./sanitise.ts";
import { paint, type Style, symbol, type Tone } from "./style.ts";
import { cut, textWidth, wrap } from "./width.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Wraps when there is not enough room. Columns without it (ids, hashes, numbers) keep their width. */
  readonly flexible?: boolean;
  /** Left out when there is not enough room, the highest first. Columns without it always stay. */
  readonly priority?: number;
}

/** Text from outside may stand in a cell: it is sanitised here. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

/** A table without borders, at most `style.columns` wide. Ends without a newline. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], style: Style): string {
  const safe = rows.map((row) => columns.map((_, index) => safeCell(row[index])));
  const layout = layOut(columns, safe, style.columns);
  const table = new CliTable({
    chars: NO_BORDERS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: layout.map(({ column }) => column.align ?? "left"),
  });
  table.push(layout.map(({ column, width }) => block({ text: column.title, tone: "strong" }, width, false, style)));
  for (const row of safe) {
    table.push(layout.map(({ column, width, index }) => block(row[index] ?? EMPTY, width, column.flexible === true, style)));
  }
  return trimEnds(table.toString());
}

/** Names and their values, one pair a line; long values wrap under themselves. */
export function renderDefinition(pairs: readonly (readonly [name: string, value: Cell])[], style: Style): string {
  const names = pairs.map(([name]) => sanitise(name, "terminal"));
  const nameWidth = Math.min(Math.max(0, ...names.map(textWidth)), Math.floor(style.columns / 3));
  const valueWidth = Math.max(MIN_FLEXIBLE, style.columns - nameWidth - GAP.length);
  return pairs
    .flatMap(([, value], row) => {
      const { text, tone } = safeCell(value);
      const name = cut(names[row] ?? "", nameWidth, symbol("ellipsis", style));
      return wrap(text, valueWidth).map((line, index) => {
        const left = index === 0 ? name + " ".repeat(Math.max(0, nameWidth - textWidth(name))) : " ".repeat(nameWidth);
        return `${paint(left, "faint", style)}${GAP}${tone === undefined ? line : paint(line, tone, style)}`.trimEnd();
      });
    })
    .join("\n");
}

interface SafeCell {
  readonly text: string;
  readonly tone?: Tone;
}

interface PlacedColumn {
  readonly column: Column;
  readonly index: number;
  readonly width: number;
  /** Width of its longest word. */
  readonly word: number;
}

/** Drops columns by priority and narrows the flexible ones until the table fits; what is left is cut. */
function layOut(columns: readonly Column[], rows: readonly (readonly SafeCell[])[], available: number): readonly PlacedColumn[] {
  let placed: readonly PlacedColumn[] = columns.map((column, index) => ({
    column,
    index,
    width: Math.min(available, naturalWidth(column, index, rows)),
    word: longestWord(column, index, rows),
  }));
  while (totalWidth(placed.map(narrowest)) > available) {
    const droppable = placed.filter(({ column }) => column.priority !== undefined);
    const first = droppable.toSorted((a, b) => (b.column.priority ?? 0) - (a.column.priority ?? 0))[0];
    if (first === undefined) break;
    placed = placed.filter((candidate) => candidate !== first);
  }
  return shrink(placed, available);
}

/** Takes width away from the widest column, again and again: from the flexible ones while no word breaks, then so that some do, then from all. */
function shrink(placed: readonly PlacedColumn[], available: number): readonly PlacedColumn[] {
  const result = placed.map((column) => ({ ...column }));
  const flexible = result.filter(({ column }) => column.flexible === true);
  const passes = [
    { candidates: flexible, least: ({ word }: PlacedColumn) => Math.max(word, MIN_FLEXIBLE) },
    { candidates: flexible, least: () => MIN_FLEXIBLE },
    { candidates: result, least: () => 1 },
  ];
  for (const { candidates, least } of passes) {
    while (totalWidth(result) > available) {
      const widest = candidates.filter((column) => column.width > least(column)).toSorted((a, b) => b.width - a.width)[0];
      if (widest === undefined) break;
      widest.width -= 1;
    }
  }
  return result;
}

function narrowest(placed: PlacedColumn): PlacedColumn {
  return placed.column.flexible === true ? { ...placed, width: Math.min(placed.width, MIN_FLEXIBLE) } : placed;
}

function naturalWidth(column: Column, index: number, rows: readonly (readonly SafeCell[])[]): number {
  return rows.reduce((width, row) => Math.max(width, textWidth(row[index]?.text ?? "")), Math.max(1, textWidth(column.title)));
}

function longestWord(column: Column, index: number, rows: readonly (readonly SafeCell[])[]): number {
  const words = [column.title, ...rows.flatMap((row) => (row[index]?.text ?? "").split(/\s+/))];
  return words.reduce((width, word) => Math.max(width, textWidth(word)), 0);
}

function totalWidth(placed: readonly PlacedColumn[]): number {
  return placed.reduce((total, { width }) => total + width, 0) + GAP.length * Math.max(0, placed.length - 1);
}

/** A cell as lines of at most `width`, each coloured by itself: colour that spans a line break leaks into the next column. */
function block({ text, tone }: SafeCell, width: number, wraps: boolean, style: Style): string {
  const lines = wraps ? wrap(text, width) : [cut(text, width, symbol("ellipsis", style))];
  return lines.map((line) => (tone === undefined ? line : paint(line, tone, style))).join("\n");
}

function safeCell(cell: Cell | undefined): SafeCell {
  if (cell === undefined) return EMPTY;
  if (typeof cell === "string") return { text: sanitise(cell, "terminal") };
  return { text: sanitise(cell.text, "terminal"), tone: cell.tone };
}

function trimEnds(table: string): string {
  return table
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const EMPTY: SafeCell = { text: "" };
const GAP = "  ";
const MIN_FLEXIBLE = 12;

/** cli-table3 colours head and border even off a terminal unless both are empty lists, and draws a box unless every part is "". */
const NO_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: GAP,
};
