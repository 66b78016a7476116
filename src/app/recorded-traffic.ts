import type { HttpAnswer } from "../model/net-port.ts";

/** One request of a recording, and the answer to it. In memory only. */
export interface RecordedExchange {
  readonly request: RecordedRequest;
  readonly answer: HttpAnswer;
  /** The recording holds less of the content than was sent. */
  readonly isCut: boolean;
}

export interface RecordedRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. Hostile. */
  readonly headers: readonly Field[];
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

export interface RecordedTraffic {
  readonly exchanges: readonly RecordedExchange[];
  /** There were more than are read. */
  readonly isCut: boolean;
}

type Field = readonly [name: string, value: string];
type Json = Readonly<Record<string, unknown>>;

/** The exchanges of an HTTP archive (HAR 1.2: `log.entries`), in their order. Undefined where it is none. */
export function recordedTraffic(bytes: Uint8Array): RecordedTraffic | undefined {
  const entries = listOf(objectOf(objectOf(parsed(bytes))["log"])["entries"]);
  if (entries === undefined) return undefined;
  const read = entries.slice(0, MOST_ENTRIES).map(exchangeOf);
  // Blocked, from another scheme, or not understood: no answer over HTTP.
  const exchanges = read.filter((exchange) => exchange !== undefined);
  return { exchanges, isCut: entries.length > MOST_ENTRIES };
}

function exchangeOf(entry: unknown): RecordedExchange | undefined {
  const { request, response } = objectOf(entry);
  const recorded = requestOf(objectOf(request));
  const { status, httpVersion, statusText, headers, content } = objectOf(response);
  if (recorded === undefined || typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599) return undefined;
  const { mimeType } = objectOf(content);
  const fields = withContentType(fieldsOf(headers), textOf(mimeType));
  const body = contentOf(objectOf(content));
  const answer = {
    httpVersion: versionOf(textOf(httpVersion)),
    status,
    headers: fields,
    body: body.octets,
    arrival: {
      reason: textOf(statusText),
      fieldNames: fields.map(([name]) => name),
      contentOctets: body.octets.length,
      headMs: 0,
      contentMs: 0,
    },
  };
  return { request: recorded, answer, isCut: body.isCut };
}

function requestOf({ method, url, headers, postData }: Json): RecordedRequest | undefined {
  const text = textOf(url);
  if (text.length > MAX_URL || !URL.canParse(text) || typeof method !== "string" || !/^[A-Z]{3,20}$/.test(method)) return undefined;
  const parsedUrl = new URL(text);
  if (parsedUrl.protocol !== "https:" && parsedUrl.protocol !== "http:") return undefined;
  const fields = fieldsOf(headers);
  const { mimeType, text: content, params } = objectOf(postData);
  const contentType = textOf(mimeType) || fields.find(([name]) => name === "content-type")?.[1];
  return {
    method,
    url: parsedUrl,
    headers: fields,
    contentType,
    body: Buffer.from(textOf(content) || formOf(params), "utf8"),
  };
}

/** Recorders list the fields of a form in the place of its text, or beside it. */
function formOf(params: unknown): string {
  const fields = (listOf(params) ?? []).slice(0, MOST_FIELDS).map(objectOf);
  return new URLSearchParams(fields.map(({ name, value }): [string, string] => [textOf(name), textOf(value)])).toString();
}

/** `text` is the decoded content, in base64 where `encoding` says so; `size` counts its octets, where the recorder knew. */
function contentOf({ text, encoding, size }: Json): { readonly octets: Uint8Array; readonly isCut: boolean } {
  const octets = Buffer.from(textOf(text), encoding === "base64" ? "base64" : "utf8");
  return { octets, isCut: octets.length > 0 && typeof size === "number" && size > octets.length };
}

/** Names of header fields that HTTP/2 puts in front (`:status`) are no fields. Line breaks parted the fields of one name that came twice. */
function fieldsOf(headers: unknown): readonly Field[] {
  return (listOf(headers) ?? []).slice(0, MOST_FIELDS).flatMap((field): readonly Field[] => {
    const { name, value } = objectOf(field);
    if (typeof name !== "string" || typeof value !== "string" || !TOKEN.test(name)) return [];
    return value.split("\n").map((line) => [name.toLowerCase(), line.trim()] as const);
  });
}

function withContentType(fields: readonly Field[], mimeType: string): readonly Field[] {
  const isNamed = mimeType === "" || fields.some(([name]) => name === "content-type");
  return isNamed ? fields : [...fields, ["content-type", mimeType]];
}

/** As recorders write it: `HTTP/1.1`, `h2`, `http/2.0`, `h3`. */
function versionOf(text: string): string {
  const [, version = "1.1"] = /^(?:http\/|h)(\d(?:\.\d)?)/i.exec(text) ?? [];
  return version.replace(/^([23])\.0$/, "$1");
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(
      Buffer.from(bytes)
        .toString("utf8")
        .replace(/^\uFEFF/, ""),
    );
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

const MOST_ENTRIES = 10_000;
const MOST_FIELDS = 1000;
const MAX_URL = 64 * 1024;
/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/;
