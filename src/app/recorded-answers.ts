import type { HttpAnswer } from "../model/net-port.ts";

type Field = readonly [name: string, value: string];

/** An answer, and what it answered where that was written down. In memory only. */
export interface RecordedAnswer extends HttpAnswer {
  readonly asked?: RecordedHead;
}

export interface RecordedHead {
  readonly method: string;
  /** Names in lower case. Hostile. */
  readonly headers: readonly Field[];
}

/** As `curl -D`, `curl -i` and `curl -v` write them, or as the fields alone. */
export interface RecordedAnswers {
  readonly answers: readonly RecordedAnswer[];
  /** There were more than are read. */
  readonly isCut: boolean;
}

/**
 * A status line begins an answer, and so does a field after an empty line where no status line has come at all; what follows the empty line after
 * a head that a status line began is its content. A line that begins with a space goes on with the one before (RFC 9112 section 5.2). Interim
 * answers, and what a proxy said of the tunnel, are no answers of the API.
 */
export function recordedAnswers(bytes: Uint8Array): RecordedAnswers {
  const text = Buffer.from(bytes.subarray(0, MOST_OCTETS)).toString("latin1");
  const written = text.split("\n");
  const isMarked = written.some((line) => /^< HTTP\//.test(line));
  const { lines, asked } = isMarked ? withoutMarks(written) : { lines: written, asked: NOBODY_TELLS };
  const answers = lines.some((line) => STATUS_LINE.test(line.trimEnd())) ? withStatusLines(lines, asked) : bareBlocks(lines);
  return { answers: answers.slice(0, MOST_ANSWERS), isCut: bytes.length > MOST_OCTETS || answers.length > MOST_ANSWERS };
}

/** By the line that the answer begins in. */
type Asked = ReadonlyMap<number, RecordedHead>;

/** `curl -v` marks what came with "<", and what it sent with ">"; what it says itself stands beside. */
function withoutMarks(written: readonly string[]): { readonly lines: readonly string[]; readonly asked: Asked } {
  const lines: string[] = [];
  const asked = new Map<number, RecordedHead>();
  let request: { readonly method: string; readonly headers: Field[] } | undefined;
  for (const line of written) {
    const [, method] = REQUEST_LINE.exec(line) ?? [];
    if (method !== undefined) request = { method, headers: [] };
    else if (line.startsWith("> ")) request?.headers.push(...fieldOf(line.slice(2)).flatMap(namedField));
    if (request !== undefined && /^< HTTP\//.test(line)) asked.set(lines.length, request);
    // An interim answer leaves the request open (RFC 9110 section 15.2).
    if (/^< HTTP\/\S+ +[^1]/.test(line)) request = undefined;
    lines.push(...withoutMark(line));
  }
  return { lines, asked };
}

function withoutMark(line: string): readonly string[] {
  if (/^<(?: |\r?$)/.test(line)) return [line.slice(2)];
  return /^[>*](?: |\r?$)|^[}{] \[\d+ bytes data\]/.test(line) ? [] : [line];
}

function withStatusLines(lines: readonly string[], asked: Asked): readonly RecordedAnswer[] {
  const starts = lines.flatMap((line, at) => (STATUS_LINE.test(line.trimEnd()) ? [at] : []));
  return starts.flatMap((start, index) => {
    const block = lines.slice(start + 1, starts[index + 1]);
    const end = block.findIndex((line) => line.trim() === "");
    const head = end === -1 ? block : block.slice(0, end);
    const content = end === -1 ? "" : withoutParting(block.slice(end + 1).join("\n"));
    const [, version = "1.1", status = "0", reason = ""] = STATUS_LINE.exec((lines[start] ?? "").trimEnd()) ?? [];
    const code = Number(status);
    if ((code >= 100 && code < 200) || TUNNEL.test(reason)) return [];
    const request = asked.get(start);
    const answer = answerOf(head, { httpVersion: version, status: code, reason, body: Buffer.from(content, "latin1") });
    return [request === undefined ? answer : { ...answer, asked: request }];
  });
}

/** Empty lines that part two answers of a file are no content. */
function withoutParting(content: string): string {
  if (content.trim() === "") return "";
  let end = content.length;
  let lines = 0;
  for (; content.charAt(end - 1) === "\n"; lines += 1) end -= content.charAt(end - 2) === "\r" ? 2 : 1;
  return lines < 2 ? content : content.slice(0, end);
}

function bareBlocks(lines: readonly string[]): readonly HttpAnswer[] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === "") blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks
    .map((block) => answerOf(block, { httpVersion: "1.1", status: statusField(block) ?? 200, reason: "", body: new Uint8Array() }))
    .filter(({ headers }) => headers.length > 0);
}

/** A browser's list of fields begins with the pseudo-fields of HTTP/2 (RFC 9113 section 8.3.2). */
function statusField(block: readonly string[]): number | undefined {
  const [, status] = block.map((line) => /^:?status:\s*([2-5]\d\d)\b/i.exec(line)).find((match) => match !== null) ?? [];
  return status === undefined ? undefined : Number(status);
}

function answerOf(
  head: readonly string[],
  { reason, ...rest }: Pick<HttpAnswer, "httpVersion" | "status" | "body"> & { readonly reason: string },
): HttpAnswer {
  const fields = unfolded(head).flatMap(fieldOf).slice(0, MOST_FIELDS);
  const headers = fields.flatMap(namedField);
  const arrival = { reason, fieldNames: fields.map(([name]) => name), contentOctets: rest.body.length, headMs: 0, contentMs: 0 };
  return { ...rest, headers, arrival };
}

function unfolded(lines: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && whole.length > 0) whole[whole.length - 1] += ` ${line.trim()}`;
    else whole.push(line);
  }
  return whole;
}

/** The name as it was written: a space before the colon (RFC 9112 section 5.1) makes it none, and so does what no token has. Of words before a colon, that is text. */
function fieldOf(line: string): readonly Field[] {
  const [, name, value = ""] = /^([^\s:"{}]+[ \t]*):(.*)$/s.exec(line) ?? [];
  return name === undefined ? [] : [[name.slice(0, LONGEST_NAME), value.trim()]];
}

function namedField([written, value]: Field): readonly Field[] {
  const name = written.trim().toLowerCase();
  return TOKEN.test(name) ? [[name, value]] : [];
}

const NOBODY_TELLS: Asked = new Map();
const REQUEST_LINE = /^> ([A-Z]{3,20}) \S+ HTTP\/\d/;
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** With whatever number stands there: one that RFC 9110 section 15 does not know makes a malformed head, and no other file. */
const STATUS_LINE = /^HTTP\/(\d(?:\.\d)?) +(\d{1,9})(?: (.*))?$/;
const TUNNEL = /^connection established\s*$/i;
const MOST_OCTETS = 16 * 1024 * 1024;
const MOST_ANSWERS = 10_000;
/** Of one answer. */
const MOST_FIELDS = 5000;
/** What node takes of a whole head (--max-http-header-size). */
const LONGEST_NAME = 16 * 1024;
