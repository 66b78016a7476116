import type { Severity } from "../../model/severity.ts";

/** What the place of printing can do. Decided once, by the terminal's own authority, and passed in. */
export interface Style {
  readonly columns: number;
  readonly colour: boolean;
  /** False where the locale is not UTF-8: symbols fall back to ASCII. */
  readonly unicode: boolean;
}

/** `normal` says what to do; `full` also shows where it comes from. */
export type Detail = "normal" | "full";

export type Tone = "critical" | "high" | "medium" | "low" | "info" | "good" | "bad" | "strong" | "faint";

/** Colours one line of text. Never the only carrier of a meaning. */
export function paint(text: string, tone: Tone, style: Style): string {
  return style.colour && text !== "" ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text;
}

/** Severity as a symbol and a word: readable without colour and without Unicode. */
export function severityMark(severity: Severity, style: Style): string {
  return `${(style.unicode ? SYMBOLS : ASCII_SYMBOLS)[severity]} ${severity.toUpperCase()}`;
}

export function symbol(name: keyof typeof SIGNS, style: Style): string {
  const [unicode, ascii] = SIGNS[name];
  return style.unicode ? unicode : ascii;
}

/** SGR parameters (ECMA-48 8.3.117): of the 16 colours, which every theme knows. */
const CODES: Readonly<Record<Tone, string>> = {
  critical: "1;31",
  high: "31",
  medium: "33",
  low: "36",
  info: "34",
  good: "32",
  bad: "1;31",
  strong: "1",
  faint: "2",
};

const SYMBOLS: Readonly<Record<Severity, string>> = { critical: "✖", high: "▲", medium: "●", low: "○", info: "·" };
const ASCII_SYMBOLS: Readonly<Record<Severity, string>> = { critical: "x", high: "!", medium: "*", low: "o", info: "-" };

const SIGNS = {
  good: ["✔", "ok"],
  bad: ["✖", "x"],
  worse: ["↑", "^"],
  better: ["↓", "v"],
  arrow: ["→", "->"],
  dot: ["·", "-"],
  unknown: ["?", "?"],
  ellipsis: ["…", "..."],
} as const;
