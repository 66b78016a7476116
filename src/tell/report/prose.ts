import { wholePercent } from "../../model/share.ts";
import { sanitise } from "./sanitise.ts";
import { paint, type Style, type Tone } from "./style.ts";
import { wrap } from "./width.ts";

export interface ParagraphOptions {
  /** Stands before the first line; the others hang under its end. Ours, never from outside. */
  readonly lead?: string;
  readonly leadTone?: Tone;
  /** Spaces before every line. */
  readonly indent?: number;
  readonly tone?: Tone;
}

/** Wrapped text. Text from outside may stand in it: it is sanitised here. */
export function paragraph(text: string, style: Style, { lead = "", leadTone, indent = 0, tone }: ParagraphOptions = {}): string {
  const margin = " ".repeat(indent);
  const hanging = " ".repeat(lead.length);
  const coloured = (line: string, as: Tone | undefined) => (as === undefined ? line : paint(line, as, style));
  return wrap(sanitise(text, "terminal"), Math.max(LEAST, style.columns - indent - lead.length))
    .map((line, index) => `${margin}${index === 0 ? coloured(lead, leadTone) : hanging}${coloured(line.trimEnd(), tone)}`.trimEnd())
    .join("\n");
}

/** "1 finding", "3 findings". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** 0..1 as whole per cent, rounded down: 99.9 % judged is not 100 %. */
export function percent(share: number | null): string {
  return share === null ? "unknown" : `${wholePercent(share)} %`;
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The first few, and how many more there are. */
export function firstOf(words: readonly string[], limit: number): string {
  const rest = words.length - limit;
  return rest > 0 ? `${words.slice(0, limit).join(", ")} and ${rest} more` : listed(words);
}

/** Narrower than this nothing is readable: rather let the terminal wrap. */
const LEAST = 16;
