import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import { parseFieldDate } from "../../model/field-date.ts";
import type { Instant } from "../../model/instant.ts";
import { fieldValue } from "./responses.ts";

/** What an answer says of the end of its resource. */
export interface LifecycleSignals {
  /** `Sunset` (RFC 8594); "unreadable" when it came and is no date. */
  readonly sunset?: Instant | "unreadable";
  /** `Deprecation` (RFC 9745, and what was sent before it): since or from when, or that it is. */
  readonly deprecation?: Instant | "undated";
}

export function lifecycleSignals({ headers }: HttpResponseEvidence): LifecycleSignals {
  const sunset = fieldValue(headers, "sunset");
  const deprecation = fieldValue(headers, "deprecation");
  return {
    ...(sunset === undefined ? {} : { sunset: parseFieldDate(sunset) ?? "unreadable" }),
    ...(deprecation === undefined || /^(false|\?0)$/i.test(deprecation.trim())
      ? {}
      : { deprecation: parseFieldDate(deprecation) ?? "undated" }),
  };
}
