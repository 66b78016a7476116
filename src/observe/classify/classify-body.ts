import type { BodyFacts } from "../../evidence/kinds.ts";
import { decodeText, withoutGuards } from "./decode.ts";
import { type DocumentNode, DocumentObject } from "./document.ts";
import { fieldsOf } from "./fields.ts";
import { type Parsed, type ParseProblem, parseText } from "./parse.ts";
import { classFacts } from "./vote.ts";

export interface ClassifyOptions {
  /** As the provider sent it; undefined for a file. */
  readonly contentType: string | undefined;
  /** The bytes are the beginning of a longer body. */
  readonly truncated: boolean;
  /** Paths that earlier runs took for maps. */
  readonly knownMaps: readonly string[];
  /** Facts below it are left out: 0 shows every candidate. */
  readonly threshold?: number;
}

/**
 * What a body is made of: formats, paths, types and classes of data, and never a value of it, not even where a value is a key.
 * Pure and bounded: 1 MB, depth 64, 200,000 nodes and 5,000 paths; what is beyond makes the state `truncated` or `too-deep`,
 * with whatever was seen before. Hostile bytes give a state, never an exception.
 */
export function classifyBody(body: Uint8Array, options: ClassifyOptions): BodyFacts {
  const { mediaType, charset } = mediaTypeOf(options.contentType);
  const named = mediaType === "" ? {} : { mediaType };
  if (body.length === 0) return { ...(options.truncated ? TRUNCATED : EMPTY), ...named };
  const text = decodeText(body.subarray(0, MAX_BYTES), charset);
  if (!text.ok) return { ...(text.error === "binary" ? PROBLEMS.unsupported : PROBLEMS.malformed), ...named };
  const cut = options.truncated || body.length > MAX_BYTES;
  const parsed = parseText(withoutGuards(text.value), { mediaType, cut });
  if (typeof parsed !== "string") return { ...named, ...factsOf(parsed, options) };
  return { ...(cut && parsed === "malformed" ? TRUNCATED : PROBLEMS[parsed]), ...named };
}

function factsOf(parsed: Parsed, { knownMaps, threshold = THRESHOLD }: ClassifyOptions): BodyFacts {
  const { fields, maps, complete } = fieldsOf(parsed.document, new Set(knownMaps), LIMITS);
  const records = parsed.format === "text" ? undefined : recordsOf(parsed.document);
  return {
    ...(parsed.complete && complete ? { state: "classified" } : TRUNCATED),
    format: parsed.format,
    ...(records === undefined ? {} : { records }),
    shape: fields.map(({ path, types }) => ({ path, types })),
    classes: fields.flatMap(classFacts).filter(({ confidence }) => confidence >= threshold),
    maps,
  };
}

/** Length of the document where it is an array, else of the longest array of objects right below it, or one level deeper. */
function recordsOf(document: DocumentNode): number | undefined {
  if (Array.isArray(document)) return document.length;
  let level: readonly DocumentNode[] = [document];
  for (let depth = 0; depth < RECORDS_DEPTH; depth += 1) {
    level = level.flatMap((node) => (node instanceof DocumentObject ? node.values : []));
    const lengths = level.flatMap((node) =>
      Array.isArray(node) && (node.length === 0 || typeof node[0] === "object") ? [node.length] : [],
    );
    if (lengths.length > 0) return Math.max(...lengths);
  }
  return undefined;
}

/** RFC 9110 section 8.3.1, in lower case; a media type that is no pair of tokens is none. */
function mediaTypeOf(contentType: string | undefined): { readonly mediaType: string; readonly charset: string | undefined } {
  const [type = "", ...parameters] = (contentType ?? "").slice(0, MAX_CONTENT_TYPE).toLowerCase().split(";");
  const mediaType = type.trim();
  const charset = parameters.map((parameter) => CHARSET.exec(parameter.trim())?.[1]).find((value) => value !== undefined);
  return { mediaType: MEDIA_TYPE.test(mediaType) ? mediaType : "", charset };
}

const THRESHOLD = 0.6;
const MAX_BYTES = 1024 * 1024;
const LIMITS = { maxNodes: 200_000, maxPaths: 5000 };
const RECORDS_DEPTH = 3;
const MAX_CONTENT_TYPE = 256;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/;
const CHARSET = /^charset="?([\w.:-]{1,40})"?$/;

const NOTHING_SEEN = { shape: [], classes: [], maps: [] } as const;
const EMPTY: BodyFacts = { state: "empty", ...NOTHING_SEEN };
const TRUNCATED: BodyFacts = { state: "truncated", failure: { reason: "body_truncated" }, ...NOTHING_SEEN };
const PROBLEMS: Readonly<Record<ParseProblem, BodyFacts>> = {
  unsupported: { state: "unsupported", failure: { reason: "body_unsupported_type" }, ...NOTHING_SEEN },
  malformed: { state: "undecodable", failure: { reason: "body_undecodable" }, ...NOTHING_SEEN },
  "too-deep": { state: "too-deep", failure: { reason: "body_too_deep" }, ...NOTHING_SEEN },
};
