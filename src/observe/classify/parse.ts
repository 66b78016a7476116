import { type DocumentNode, documentOf } from "./document.ts";

/** A body that could be read. The document of `ndjson` is the array of its lines, that of `text` the text. */
export interface Parsed {
  readonly format: "json" | "ndjson" | "text";
  readonly document: DocumentNode;
  /** Every value of the body is in it. */
  readonly complete: boolean;
}
export type ParseProblem = "unsupported" | "malformed" | "too-deep";

export interface ParseOptions {
  /** Lower case, without parameters; "" when nobody said. */
  readonly mediaType: string;
  /** The text is the beginning of a longer one. */
  readonly cut: boolean;
}

/** Text to a document, by what it looks like first and by what it is called second. Linear, and never recursive. */
export function parseText(text: string, { mediaType, cut }: ParseOptions): Parsed | ParseProblem {
  if (text.startsWith("<")) return "unsupported";
  if (LINES_TYPES.includes(mediaType)) return parseLines(text, cut);
  const isJson = mediaType === "application/json" || mediaType.endsWith("+json") || JSON_TYPES.includes(mediaType);
  if (isJson || text.startsWith("{") || text.startsWith("[")) {
    const parsed = parseJson(text, cut);
    const lines = parsed === "malformed" && text.includes("\n") ? parseLines(text, cut) : parsed;
    if (lines !== "malformed" || isJson) return lines;
  }
  return TEXT_TYPES.includes(mediaType) ? { format: "text", document: text, complete: !cut } : "unsupported";
}

function parseJson(text: string, cut: boolean): Parsed | "malformed" | "too-deep" {
  const outline = outlineOf(text);
  if (outline === undefined) return "malformed";
  if (outline.depth > MAX_DEPTH) return "too-deep";
  const whole = jsonOf(text);
  if (whole !== undefined) return { format: "json", document: whole.value, complete: !cut };
  // A truncated body ends in the middle: the values before the cut are as true as ever.
  const prefix = cut ? jsonOf(text.slice(0, outline.safeEnd) + outline.closers) : undefined;
  return prefix === undefined ? "malformed" : { format: "json", document: prefix.value, complete: false };
}

/** One JSON text a line (NDJSON), each with the record separator of RFC 7464 or without. */
function parseLines(text: string, cut: boolean): Parsed | "malformed" | "too-deep" {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace("\x1e", "").trim())
    .filter((line) => line !== "");
  const documents: DocumentNode[] = [];
  for (const [index, line] of lines.entries()) {
    if ((outlineOf(line)?.depth ?? 0) >= MAX_DEPTH) return "too-deep";
    const parsed = jsonOf(line);
    if (parsed !== undefined) documents.push(parsed.value);
    else if (!cut || index < lines.length - 1) return "malformed";
  }
  return { format: "ndjson", document: documents, complete: !cut };
}

interface Outline {
  readonly depth: number;
  /** Where the last whole value of the text ends. */
  readonly safeEnd: number;
  /** What is open there, to be written behind it. */
  readonly closers: string;
}

/** The brackets outside of strings, before anything is parsed. Undefined where they cross, which they do in no JSON text. */
function outlineOf(text: string): Outline | undefined {
  const open: string[] = [];
  let depth = 0;
  let safeEnd = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') {
      index = endOfString(text, index);
    } else if (character === "{" || character === "[") {
      open.push(character === "{" ? "}" : "]");
      depth = Math.max(depth, open.length);
      if (depth > MAX_DEPTH) break;
      safeEnd = index + 1;
    } else if (character === "}" || character === "]") {
      if (open.pop() !== character) return undefined;
      safeEnd = index + 1;
    } else if (character === ",") {
      safeEnd = index;
    }
  }
  return { depth, safeEnd, closers: open.reverse().join("") };
}

/** Index of the closing quote, or the text's length where it is missing. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') return index;
    if (character === "\\") index += 1;
  }
  return text.length;
}

function jsonOf(text: string): { readonly value: DocumentNode } | undefined {
  try {
    return { value: documentOf(JSON.parse(text)) };
  } catch {
    return undefined;
  }
}

/** JSON.parse and our own walk stand more; no API that anybody reads by hand needs it. */
const MAX_DEPTH = 64;
const JSON_TYPES = ["text/json", "application/x-json", "application/javascript", "text/javascript"];
const LINES_TYPES = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/jsonlines", "application/json-seq"];
const TEXT_TYPES = ["", "text/plain", "text/markdown", "application/octet-stream"];
