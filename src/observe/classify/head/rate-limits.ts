import type { Instant } from "../../../model/instant.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";
import { headerOf } from "../../../model/turned-away.ts";
import { readField } from "./rate-limits/fields.ts";
import { MAX_PARTS, type Part, type RateBucket } from "./rate-limits/part.ts";
import { type RetryAfter, readRetryAfter } from "./rate-limits/retry-after.ts";
import { deltaWithin } from "./rate-values.ts";

/** All that the fields of one answer say of limits, in one shape; `remaining` and `resetAt` are of this very moment, and are never stored. */
export interface RateLimits {
  readonly dialects: readonly string[];
  readonly buckets: readonly RateBucket[];
  readonly retryAfter?: RetryAfter;
  /** A field of another name says when to come back. */
  readonly comeBack?: true;
  /** Names of fields that are about limits and cannot be read. */
  readonly malformed: readonly string[];
}

export function rateLimits(headers: HttpAnswer["headers"], now: Instant): RateLimits {
  const date = Date.parse(headerOf({ headers }, "date") ?? "");
  const base = Number.isNaN(date) ? now : date;
  const read = headers.flatMap(([field, value]) => readField(field, value.trim(), base));
  const parts = read.flatMap((one) => (one.part === undefined ? [] : [one.part]));
  const buckets = withTheirWindow(joined(parts)).map((bucket) => withinItsWindow(bucket, base));
  const retryAfter = headerOf({ headers }, "retry-after");
  return {
    dialects: distinct(buckets.map(({ dialect }) => dialect)),
    buckets,
    ...(retryAfter === undefined ? {} : { retryAfter: readRetryAfter(retryAfter.trim(), base) }),
    ...(headers.some(([name]) => COME_BACK.has(name)) && { comeBack: true as const }),
    malformed: distinct(read.flatMap(({ malformed }) => malformed ?? [])),
  };
}

type Joined = Omit<Part, "key" | "used">;

/** In order of arrival; what came first counts. A name alone is no bucket. */
function joined(parts: readonly Part[]): readonly Joined[] {
  const byKey = new Map<string, Part>();
  for (const part of parts.slice(0, MAX_PARTS)) {
    const id = `${part.dialect} ${part.key}`;
    byKey.set(id, { ...part, ...byKey.get(id) });
  }
  return [...byKey.values()].flatMap(({ key: _, used, ...bucket }) => {
    const left = used === undefined || bucket.quota === undefined ? undefined : Math.max(0, bucket.quota - used);
    const remaining = bucket.remaining ?? left;
    const says = [bucket.quota, remaining, bucket.resetAt].some((one) => one !== undefined);
    return says ? [{ ...bucket, ...(remaining === undefined ? {} : { remaining }) }] : [];
  });
}

/** Before draft 08 a policy has no name, and tells the window of the limit with its quota (draft 06 section 2.2): what it says is said of that one. */
function withTheirWindow(buckets: readonly Joined[]): readonly Joined[] {
  const isPolicy = ({ dialect, name, remaining, resetAt }: RateBucket): boolean =>
    dialect === "ietf-draft" && name === undefined && remaining === undefined && resetAt === undefined;
  const policyOf = ({ dialect, quota, windowSeconds }: RateBucket): RateBucket | undefined =>
    EARLIER_DRAFT.test(dialect) && windowSeconds === undefined
      ? buckets.find((policy) => isPolicy(policy) && policy.quota === quota && policy.windowSeconds !== undefined)
      : undefined;
  const told = new Set(buckets.map(policyOf));
  return buckets.flatMap((bucket) => {
    if (told.has(bucket)) return [];
    const { windowSeconds } = policyOf(bucket) ?? {};
    return [windowSeconds === undefined ? bucket : { ...bucket, windowSeconds }];
  });
}

function withinItsWindow({ delta, ...bucket }: Joined, base: Instant): RateBucket {
  const { windowSeconds } = bucket;
  const milliseconds = delta === undefined || windowSeconds === undefined ? undefined : deltaWithin(windowSeconds, delta);
  return milliseconds === undefined ? bucket : { ...bucket, resetAt: base + milliseconds };
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

/** Seconds or milliseconds to wait, in fields of vendors' own. */
const COME_BACK: ReadonlySet<string> = new Set(["x-retry-after", "x-ratelimit-retry-after", "x-ms-retry-after-ms", "retry-after-ms"]);
const EARLIER_DRAFT = /^ietf-draft-0[67]$/;
