import type { AnswerHead } from "./turned-away.ts";

/** Content codings of an answer (RFC 9110 section 8.4), outermost last, in lower case; `identity` is none. */
export function contentCodings(headers: AnswerHead["headers"]): readonly string[] {
  return headers
    .filter(([name]) => name === "content-encoding")
    .flatMap(([, value]) => value.toLowerCase().split(","))
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
}
