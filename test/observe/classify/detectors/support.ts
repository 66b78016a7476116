import { type Detector, type Hit, isVeto } from "../../../../src/observe/classify/detectors/detector.ts";
import { DocumentObject, documentOf } from "../../../../src/observe/classify/document.ts";
import type { Surroundings } from "../../../../src/observe/classify/fields.ts";
import { wordsOf } from "../../../../src/observe/classify/names.ts";
import { Near, NOWHERE_NEAR } from "../../../../src/observe/classify/near.ts";

/** Asks a detector about one value under a key, with other keys above (nearest first) and beside it, in a record of values. */
export function asker(detector: Detector) {
  return (
    value: string | number,
    key = "",
    above: readonly string[] = [],
    beside: readonly string[] = [],
    record: Readonly<Record<string, unknown>> = {},
  ): Hit | undefined => {
    const surroundings = around(key, above, [...beside, ...Object.keys(record)]);
    if (detector.needsName === true && !detector.isNamed(surroundings)) return undefined;
    const type = typeof value === "number" ? "number" : "string";
    const detected = detector.detect({ text: String(value), type, near: nearIn(record) }, surroundings);
    return detected === undefined || isVeto(detected) ? undefined : detected;
  };
}

/** What a record says around one of its values. */
export function nearIn(record: Readonly<Record<string, unknown>>): Near {
  const object = documentOf(record);
  return object instanceof DocumentObject ? new Near({ object, above: undefined }) : NOWHERE_NEAR;
}

export function around(key: string, above: readonly string[] = [], beside: readonly string[] = []): Surroundings {
  return { name: wordsOf(key), above: above.map(wordsOf), beside: new Set([key, ...beside].map(wordsOf)) };
}
