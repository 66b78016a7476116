import { classifyBody } from "./classify-body.ts";
import type { CustomDetection } from "./custom/custom-detection.ts";
import { StepBudget } from "./custom/step-budget.ts";
import { detectorSet } from "./detectors/detector-set.ts";
import { type ExplainedPath, explainFields } from "./explain.ts";
import { fieldCollector } from "./fields.ts";
import { readingOf } from "./reading.ts";

/** Why a body was classified as it was: of the paths that are asked for, or of every path that has a candidate. The first megabyte is looked at. */
export function explainBody(body: Uint8Array, paths: readonly string[], custom?: CustomDetection): readonly ExplainedPath[] {
  const looked = body.subarray(0, MAX_BYTES);
  const truncated = body.length > MAX_BYTES;
  const { classes, maps } = classifyBody(looked, {
    contentType: undefined,
    truncated,
    knownMaps: [],
    ...(custom !== undefined && { custom }),
  });
  const collector = fieldCollector(new Set(maps), LIMITS);
  const reading = readingOf(looked, { mediaType: "", charset: undefined }, (piece) => collector.feed(piece));
  if (!reading.ok) return [];
  reading.value.end(truncated);
  return explainFields(
    collector.fields().fields,
    classes,
    paths,
    detectorSet(custom?.detectorsFor(new StepBudget()) ?? [], custom ?? {}).all,
  );
}

const MAX_BYTES = 1024 * 1024;
const LIMITS = { maxNodes: 200_000, maxPaths: 5000 };
