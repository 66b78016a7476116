import stringWidth from "string-width";

/** Columns that sanitised text takes on a terminal: two for CJK and emoji, none for combining marks. */
export function textWidth(text: string): number {
  return stringWidth(text);
}

/** At most `columns` wide; what is cut ends in an ellipsis. Never cuts through a grapheme. */
export function cut(text: string, columns: number, ellipsis = "…"): string {
  if (text.length <= columns && isAscii(text)) return text;
  if (textWidth(text) <= columns) return text;
  return `${split(text, Math.max(0, columns - textWidth(ellipsis)))[0]}${ellipsis}`;
}

/** Lines of at most `columns`, broken between words where possible. Always at least one line. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && textWidth(line) + 1 + textWidth(word) <= columns) {
      line = `${line} ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (textWidth(line) > columns) {
      const [head, tail] = split(line, columns);
      lines.push(head);
      line = tail;
    }
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
}

/** The graphemes that fit into `columns`, and the rest; at least one grapheme where there is any, so that callers make progress. */
function split(text: string, columns: number): readonly [string, string] {
  let width = 0;
  for (const { segment, index } of GRAPHEMES.segment(text)) {
    width += textWidth(segment);
    if (width > columns && index > 0) return [text.slice(0, index), text.slice(index)];
  }
  return [text, ""];
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });
