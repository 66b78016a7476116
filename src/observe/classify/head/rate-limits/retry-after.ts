import { type Instant, SECOND } from "../../../../model/instant.ts";
import { readReset } from "../rate-values.ts";
import { MAX_VALUE } from "./part.ts";

/** RFC 9110 section 10.2.3: whole seconds, or an HTTP-date. `seconds` is the wait, also where it is written in another way, and may be negative. */
export interface RetryAfter {
  readonly legal: boolean;
  readonly seconds?: number;
}

export function readRetryAfter(value: string, base: Instant): RetryAfter {
  if (/^\d{1,15}$/.test(value)) return { legal: true, seconds: Number(value) };
  const number = value.length > MAX_VALUE ? undefined : Number(/^-?\d{1,15}(?:\.\d{1,9})?$/.exec(value)?.[0]);
  if (number !== undefined && !Number.isNaN(number)) return { legal: false, seconds: number };
  const at = value.length > MAX_VALUE ? undefined : readReset(value, base);
  return at === undefined ? { legal: false } : { legal: HTTP_DATE.test(value), seconds: Math.round((at - base) / SECOND) };
}

const HTTP_DATE = /^[A-Z][a-z]{2,8}, .* GMT$|^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/;
