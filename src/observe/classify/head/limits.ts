import { CLOCK_TOLERANCE_S, type LimitFacts, type LimitOddity, type LimitPolicy } from "../../../model/head-facts.ts";
import { DAY, type Instant, SECOND } from "../../../model/instant.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";
import { headerOf } from "../../../model/turned-away.ts";
import type { RateBucket } from "./rate-limits/part.ts";
import { type RateLimits, rateLimits } from "./rate-limits.ts";

/** What is the same from call to call of the limits that an answer publishes. Undefined where it says nothing of any. */
export function limitFacts(answer: HttpAnswer, now: Instant): LimitFacts | undefined {
  const limits = rateLimits(answer.headers, now);
  const date = Date.parse(headerOf(answer, "date") ?? "");
  const odd = [...oddities(limits, Number.isNaN(date) ? now : date), ...retryOddities(limits, answer.status)];
  if (limits.dialects.length === 0 && odd.length === 0) return undefined;
  return {
    dialects: limits.dialects,
    policies: policiesOf(limits.buckets),
    ...(limits.buckets.some(isNearlyUsedUp) && { nearlyUsedUp: true as const }),
    odd,
  };
}

/** Percentages publish no limit. Sorted, so that the order of fields does not matter. */
function policiesOf(buckets: readonly RateBucket[]): readonly LimitPolicy[] {
  const texts = buckets.flatMap(({ name, quota, unit, windowSeconds }) =>
    quota === undefined || unit === "percent" ? [] : [JSON.stringify({ name, quota, unit, windowSeconds })],
  );
  return [...new Set(texts)]
    .sort()
    .slice(0, MAX_POLICIES)
    .map((text) => JSON.parse(text) as LimitPolicy);
}

/** Our own call does not count: a quota of one is used up by whoever asks about it. What refills within a minute is no news either. */
function isNearlyUsedUp({ quota, remaining, windowSeconds }: RateBucket): boolean {
  if (quota === undefined || remaining === undefined || quota <= 0) return false;
  return (windowSeconds ?? MINUTE_S) >= MINUTE_S && (remaining + 1) / quota < NEARLY;
}

function oddities({ buckets, malformed }: RateLimits, base: Instant): readonly LimitOddity[] {
  const odd: readonly (readonly [LimitOddity, boolean])[] = [
    ["malformed", malformed.length > 0],
    ["remaining-above-limit", buckets.some(({ quota, remaining = 0 }) => quota !== undefined && remaining > quota)],
    ["reset-in-the-past", buckets.some(({ resetAt }) => resetAt !== undefined && resetAt < base - CLOCK_TOLERANCE_S * SECOND)],
    [
      "reset-far-ahead",
      buckets.some(({ resetAt, windowSeconds = 0 }) => resetAt !== undefined && isFarAhead(resetAt - base, windowSeconds)),
    ],
    ["dialects-disagree", disagree(buckets)],
  ];
  return odd.filter(([, is]) => is).map(([oddity]) => oddity);
}

function isFarAhead(ahead: number, windowSeconds: number): boolean {
  return ahead > Math.max(MONTH, windowSeconds * SECOND);
}

/** Of the same window, or of none that is told: buckets without a name, in dialects that anybody may speak. */
function disagree(buckets: readonly RateBucket[]): boolean {
  const quotas = new Map<number | undefined, Map<string, Set<number>>>();
  for (const { dialect, name, quota, windowSeconds } of buckets) {
    if (quota === undefined || name !== undefined || !COMMON.test(dialect)) continue;
    const said = quotas.get(windowSeconds) ?? new Map<string, Set<number>>();
    quotas.set(windowSeconds, said.set(dialect, (said.get(dialect) ?? new Set()).add(quota)));
  }
  return [...quotas.values()].some((said) => {
    const sets = [...said.values()].map((set) => [...set].sort((a, b) => a - b).join());
    return new Set(sets).size > 1;
  });
}

/** A refusal that says in no field when to come back; and a Retry-After that is none, or that nobody waits for. */
function retryOddities({ retryAfter, comeBack, buckets }: RateLimits, status: number): readonly LimitOddity[] {
  if (retryAfter === undefined) {
    const tells = comeBack === true || buckets.some(({ resetAt }) => resetAt !== undefined);
    return status === 429 && !tells ? ["no-retry-after"] : [];
  }
  const { legal, seconds = 0 } = retryAfter;
  const isAbsurd = seconds > DAY / SECOND || seconds < -CLOCK_TOLERANCE_S;
  return [...(legal ? [] : (["retry-after-malformed"] as const)), ...(isAbsurd ? (["retry-after-absurd"] as const) : [])];
}

const NEARLY = 0.1;
const MINUTE_S = 60;
const MONTH = 31 * DAY;
const MAX_POLICIES = 16;
const COMMON = /^(?:ietf-draft|x-rate-?limit)/;
