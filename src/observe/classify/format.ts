import type { BodyFormat } from "../../evidence/kinds.ts";
import { type Guard, guardIn } from "./decode.ts";
import { DELIMITERS } from "./read/csv-reader.ts";

/** How a body is to be read. */
export interface FormatChoice {
  readonly format: BodyFormat;
  readonly guard?: Guard;
  /** So many characters at its beginning are not part of the document. */
  readonly skipped: number;
  /** The name of the format is only a guess from its looks: a text that turns out to be none may be read as plain text. */
  readonly mayBeText: boolean;
}

/**
 * By what a body looks like where it is plain, then by what it is called, then by its looks again where nobody said. Undefined for what is not
 * inspected: pages for people, pictures, documents, Protocol Buffers, and whatever else is not listed.
 */
export function formatOf(head: string, mediaType: string): FormatChoice | undefined {
  const start = head.trimStart();
  if (start.startsWith("<")) return isXml(start, mediaType) ? plainly("xml") : undefined;
  const named = NAMED[mediaType];
  if (named !== undefined) return plainly(named);
  const guarded = guardIn(head);
  const isJson = JSON_TYPES.includes(mediaType) || mediaType.endsWith("+json");
  const mayBeText = !isJson && TEXT_TYPES.includes(mediaType);
  if (guarded !== undefined) return { format: "json", guard: guarded.guard, skipped: guarded.length, mayBeText };
  if (start.startsWith("\u001e")) return plainly("json-seq");
  if (isJson || start.startsWith("{") || start.startsWith("[")) {
    return { format: "json", skipped: 0, mayBeText };
  }
  if (!TEXT_TYPES.includes(mediaType)) return undefined;
  return plainly(mediaType === "" ? (looksLike(start) ?? "text") : "text");
}

function plainly(format: BodyFormat): FormatChoice {
  return { format, skipped: 0, mayBeText: false };
}

/** A page for people is none, whatever it is called. */
function isXml(start: string, mediaType: string): boolean {
  if (HTML.test(start) || mediaType.includes("html")) return false;
  return (
    start.startsWith("<?xml") ||
    mediaType === "" ||
    mediaType === "text/xml" ||
    mediaType === "application/xml" ||
    mediaType.endsWith("+xml")
  );
}

/** Of a file that nobody named. */
function looksLike(start: string): BodyFormat | undefined {
  if (EVENT_LINE.test(start)) return "sse";
  if (FORM.test(start)) return "form";
  return isTable(start) ? "csv" : undefined;
}

/** A header of names, and lines of as many fields below. */
function isTable(start: string): boolean {
  const [header = ""] = start.split(/\r?\n/, 1);
  // A quoted field may hold delimiters and ends of lines; one that is open at the end of the head was cut.
  const lines = start
    .slice(header.length)
    .replaceAll(/"[^"]*(?:"|$)/g, "")
    .split(/\r?\n/)
    .slice(1, MAX_LINES);
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  return DELIMITERS.some((delimiter) => {
    const names = header.split(delimiter);
    const counts = whole.filter((line) => line !== "").map((line) => line.split(delimiter).length);
    return (
      names.length >= 2 && names.every((name) => COLUMN.test(name)) && counts.length > 0 && counts.every((count) => count === names.length)
    );
  });
}

const NAMED: Readonly<Record<string, BodyFormat>> = {
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/jsonl": "ndjson",
  "application/x-jsonlines": "ndjson",
  "application/jsonlines": "ndjson",
  "application/stream+json": "ndjson",
  "application/json-seq": "json-seq",
  "application/geo+json-seq": "json-seq",
  "text/csv": "csv",
  "application/csv": "csv",
  "text/tab-separated-values": "csv",
  "application/x-www-form-urlencoded": "form",
  "text/event-stream": "sse",
};
const JSON_TYPES = ["application/json", "text/json", "application/x-json", "application/javascript", "text/javascript"];
const TEXT_TYPES = ["", "text/plain", "text/markdown", "application/octet-stream"];
const HTML = /^(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i;
/** A field of RFC-like event streams (WHATWG HTML section 9.2.5). */
const EVENT_LINE = /^(?:event|data|id|retry):[^\n]{0,4000}\r?\n/;
const FORM = /^[\w.%+~*[\]-]{1,200}=[^\s&=]{0,2000}(?:&[\w.%+~*[\]-]{1,200}=[^\s&=]{0,2000}){1,}\s*$/;
const COLUMN = /^\s{0,4}"?[\p{L}_@#][\p{L}\p{N}_ @#./()-]{0,60}"?\s{0,4}$/u;
const MAX_LINES = 20;
