import { classifyBody } from "./classify-body.ts";
import { decoderOf } from "./decode.ts";
import { type ExplainedPath, explainFields } from "./explain.ts";
import { fieldCollector } from "./fields.ts";
import { formatOf } from "./format.ts";
import { Reading } from "./reading.ts";

/** Why a body was classified as it was: of the paths that are asked for, or of every path that has a candidate. The first megabyte is looked at. */
export function explainBody(body: Uint8Array, paths: readonly string[]): readonly ExplainedPath[] {
  const looked = body.subarray(0, MAX_BYTES);
  const decoder = decoderOf(looked.subarray(0, HEAD), undefined);
  const text = decoder.ok ? decoder.value.decode(looked) : "";
  const choice = formatOf(text.slice(0, HEAD), "");
  if (!decoder.ok || choice === undefined) return [];
  const { classes, maps } = classifyBody(looked, { contentType: undefined, truncated: false, knownMaps: [] });
  const collector = fieldCollector(new Set(maps), LIMITS);
  new Reading(choice, decoder.value, (piece) => collector.feed(piece), text).end(body.length > MAX_BYTES);
  return explainFields(collector.fields().fields, classes, paths);
}

const MAX_BYTES = 1024 * 1024;
const HEAD = 1024;
const LIMITS = { maxNodes: 200_000, maxPaths: 5000 };
