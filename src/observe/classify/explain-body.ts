import { classifyBody } from "./classify-body.ts";
import { decodeText, withoutGuards } from "./decode.ts";
import { type ExplainedPath, explainFields } from "./explain.ts";
import { fieldsOf } from "./fields.ts";
import { parseText } from "./parse.ts";

/** Why a body was classified as it was: of the paths that are asked for, or of every path that has a candidate. The first megabyte is looked at. */
export function explainBody(body: Uint8Array, paths: readonly string[]): readonly ExplainedPath[] {
  const looked = body.subarray(0, MAX_BYTES);
  const text = decodeText(looked, undefined);
  const parsed = text.ok ? parseText(withoutGuards(text.value), { mediaType: "", cut: body.length > MAX_BYTES }) : "unsupported";
  if (typeof parsed === "string") return [];
  const { classes, maps } = classifyBody(looked, { contentType: undefined, truncated: false, knownMaps: [] });
  const { fields } = fieldsOf(parsed.document, new Set(maps), LIMITS);
  return explainFields(fields, classes, paths);
}

const MAX_BYTES = 1024 * 1024;
const LIMITS = { maxNodes: 200_000, maxPaths: 5000 };
