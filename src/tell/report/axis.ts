import type { CertificateRow, TimelineMark } from "../view/certificate-timeline-view.ts";
import type { Style } from "./style.ts";

type Glyphs = Readonly<
  Record<"today" | "line" | "habit" | "prior" | "end" | "ended" | "beyond" | "mark" | "cross" | "unseen" | "doubt", string>
>;

/** Each differs from all others by shape alone: colour carries nothing. */
export function axisGlyphs({ unicode }: Style): Glyphs {
  return unicode ? UNICODE : ASCII;
}

/**
 * One certificate from today, which is the left edge, to its end, on `width` columns. Drawn in layers: the marks cross the line, the window
 * hides them, and the end stands on top of all.
 */
export function drawBar({ end, window, certificate }: CertificateRow, marks: readonly TimelineMark[], width: number, style: Style): string {
  const glyph = axisGlyphs(style);
  const isUnseen = certificate.standing === "unseen";
  const last = columnOf(end, width);
  const cells = Array<string>(width)
    .fill(" ")
    .fill(isUnseen ? glyph.unseen : glyph.line, 0, Math.max(0, last));
  for (const { at } of marks) {
    const column = columnOf(at, width);
    cells[column] = column < last ? glyph.cross : glyph.mark;
  }
  if (window !== undefined) {
    const [first, behind] = [columnOf(window.from, width), columnOf(window.to, width) + 1];
    cells.fill(window.isHabit ? glyph.habit : glyph.prior, Math.max(0, first), Math.max(0, behind));
  }
  const stop = end <= 0 ? glyph.ended : glyph.end;
  if (end > 1) cells[width - 1] = glyph.beyond;
  else cells[Math.max(0, last)] = isUnseen ? glyph.doubt : stop;
  return `${glyph.today}${cells.join("").trimEnd()}`;
}

/** Every mark with its limit beside it, on the side where there is room. */
export function drawMarks(marks: readonly TimelineMark[], width: number, style: Style): string {
  const glyph = axisGlyphs(style);
  const cells = Array<string>(width).fill(" ");
  for (const { at } of marks) cells[columnOf(at, width)] = glyph.mark;
  for (const { at, maxDays } of marks) {
    const column = columnOf(at, width);
    const label = `${maxDays} d`;
    const start = [column + 2, column - 1 - label.length].find((first) => isFree(cells, first, label.length));
    if (start !== undefined) cells.splice(start, label.length, ...label);
  }
  return `${glyph.today}${cells.join("").trimEnd()}`;
}

/** Texts at the left edge, in the middle and at the right edge; the middle one where it has room around it. */
export function drawScale([left, middle, right]: readonly [string, string, string], width: number): string {
  const start = Math.floor((width - middle.length) / 2);
  const hasRoom = start >= left.length + 2 && start + middle.length + 2 <= width - right.length;
  const begin = hasRoom ? left.padEnd(start) + middle : left;
  return `${begin.padEnd(width - right.length)}${begin.length + right.length < width ? right : ""}`.trimEnd();
}

/** The column of a share of the axis; what lies exactly on its end belongs to the last one. */
function columnOf(share: number, width: number): number {
  return share === 1 ? width - 1 : Math.floor(share * width);
}

/** Room for a text, and for a blank on either side of it. */
function isFree(cells: readonly string[], start: number, length: number): boolean {
  if (start < 0 || start + length > cells.length) return false;
  return cells.slice(Math.max(0, start - 1), start + length + 1).every((cell) => cell === " ");
}

const UNICODE: Glyphs = {
  today: "│",
  line: "─",
  habit: "▓",
  prior: "░",
  end: "┤",
  ended: "✖",
  beyond: "→",
  mark: "┊",
  cross: "┼",
  unseen: "┄",
  doubt: "?",
};
const ASCII: Glyphs = {
  today: "|",
  line: "-",
  habit: "#",
  prior: "=",
  end: "]",
  ended: "x",
  beyond: ">",
  mark: ":",
  cross: "+",
  unseen: ".",
  doubt: "?",
};
