import type { Detector, Hit } from "../../../../src/observe/classify/detectors/detector.ts";
import type { Surroundings } from "../../../../src/observe/classify/fields.ts";
import { wordsOf } from "../../../../src/observe/classify/names.ts";

/** Asks a detector about one value under a key, with other keys above (nearest first) and beside it. */
export function asker(detector: Detector) {
  return (value: string | number, key = "", above: readonly string[] = [], beside: readonly string[] = []): Hit | undefined =>
    detector.detect({ text: String(value), type: typeof value === "number" ? "number" : "string" }, around(key, above, beside));
}

export function around(key: string, above: readonly string[] = [], beside: readonly string[] = []): Surroundings {
  return { name: wordsOf(key), above: above.map(wordsOf), beside: new Set([key, ...beside].map(wordsOf)) };
}
