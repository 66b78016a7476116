import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Instant } from "../../model/instant.ts";

/** What an endpoint answered, the last time that it was asked with our credential. */
export interface ResponseBefore {
  readonly evidence: Pick<HttpResponseEvidence, "request" | "headers" | "fromCache" | "cachedBefore">;
  readonly observedAt: Instant;
}

/**
 * The last hit of a cache, for an answer that is none: hits and misses take turns, and a miss alone shows nothing. Of the very same request, and
 * kept until there is another hit, so that the evidence of misses is the same every night.
 */
export function cachedBefore(before: ResponseBefore | undefined, digest: string): HttpResponseEvidence["cachedBefore"] {
  if (before === undefined || before.evidence.request.digest !== digest) return undefined;
  const { fromCache, headers, cachedBefore: earlier } = before.evidence;
  if (fromCache !== true) return earlier;
  return { at: before.observedAt, control: headers.find(({ name }) => name === "cache-control")?.value ?? "" };
}
