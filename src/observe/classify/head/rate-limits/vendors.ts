import { DAY, type Instant, MINUTE, SECOND } from "../../../../model/instant.ts";
import { firstNumber, numberOf, windowSecondsOf } from "../rate-values.ts";
import { MAX_PARTS, type NameWords, type Part, quotas, resets, safeName } from "./part.ts";

/**
 * With a word of the provider's before it, and a window of its own: `x-hubspot-ratelimit-daily`, `-daily-remaining`, `-interval-milliseconds`. What cannot
 * be read may be a language of its own.
 */
export function ofVendor(value: string, [vendor = "", window, what = "limit"]: NameWords, base: Instant): readonly Part[] {
  const windowSeconds = window === undefined ? undefined : windowSecondsOf(window);
  const common = {
    ...{ dialect: "vendor", key: `${vendor} ${window ?? ""}`, unit: "requests" },
    ...(windowSeconds === undefined ? {} : { windowSeconds }),
  };
  if (what === "reset") return resets(value, common, what, base) ?? [];
  if (what === "limit" || what === "max") return quotas(value, common) ?? [];
  const count = firstNumber(value);
  if (count === undefined) return [];
  return [{ ...common, ...(what === "interval-milliseconds" ? { windowSeconds: count / SECOND } : { [what]: Math.max(0, count) }) }];
}

/** BigCommerce: `x-rate-limit-requests-quota`, `-requests-left`, `-time-window-ms`, `-time-reset-ms`. */
export function inMilliseconds(value: string, [, spelling, what]: NameWords, base: Instant): readonly Part[] | undefined {
  const count = numberOf(value);
  const common = { dialect: `x-${spelling}`, key: "ms", unit: "requests" };
  if (count === undefined) return undefined;
  if (what === "requests-quota") return [{ ...common, quota: count }];
  if (what === "requests-left") return [{ ...common, remaining: count }];
  return [{ ...common, ...(what === "time-window-ms" ? { windowSeconds: count / SECOND } : { resetAt: base + count }) }];
}

/** GitHub names the bucket in a field of its own. */
export function resource(value: string): readonly Part[] {
  const name = safeName(value);
  return name === undefined ? [] : [{ dialect: "x-ratelimit", key: "", name }];
}

export function anthropic(value: string, [bucket = "", what = ""]: NameWords, base: Instant): readonly Part[] | undefined {
  const name = safeName(bucket);
  const unit = /(requests|tokens)$/.exec(bucket)?.[1];
  const common = { dialect: "anthropic", key: bucket, ...(name === undefined ? {} : { name }), ...(unit === undefined ? {} : { unit }) };
  if (what === "reset") return resets(value, common, what, base);
  const count = numberOf(value);
  return count === undefined ? undefined : [{ ...common, [what === "limit" ? "quota" : "remaining"]: count }];
}

/** A leaky bucket: `2/80`. */
export function shopify(value: string): readonly Part[] | undefined {
  const [, used, quota] = /^(\d{1,9})\/(\d{1,9})$/.exec(value) ?? [];
  return quota === undefined ? undefined : [{ dialect: "shopify", key: "", unit: "requests", quota: Number(quota), used: Number(used) }];
}

/** `api-usage=10018/100000`, of a day; what each application used may follow. */
export function salesforce(value: string): readonly Part[] | undefined {
  const [, used, quota] = /(?:^|[;,\s])api-usage=(\d{1,12})\/(\d{1,12})(?!\d)/.exec(value) ?? [];
  if (quota === undefined) return undefined;
  return [{ dialect: "salesforce", key: "", unit: "requests", windowSeconds: DAY / SECOND, quota: Number(quota), used: Number(used) }];
}

/** What is left, and of what never: `11999`, or `Microsoft.Compute/HighCostGet3Min;159,...`. */
export function azure(value: string, [bucket = ""]: NameWords): readonly Part[] | undefined {
  const counts = value.split(",").map((one) => /^\s*(?:[\w./-]{1,100}\s*;\s*)?(\d{1,12})\s*$/.exec(one)?.[1]);
  if (counts.length > MAX_PARTS || counts.includes(undefined)) return undefined;
  return counts.map((count, index) => ({ dialect: "azure", key: `${bucket}#${index}`, remaining: Number(count) }));
}

/** JSON in a header: per cent that were used, flat, or in lists by account. The worst counts. */
export function meta(value: string, [bucket = ""]: NameWords, base: Instant): readonly Part[] | undefined {
  const usages = usagesOf(value);
  const used = Math.max(...usages.flatMap((usage) => PERCENTAGES.map((name) => usage[name]).filter(isCount)));
  if (!Number.isFinite(used)) return usages.length === 0 ? undefined : [];
  const minutes = Math.max(0, ...usages.map((usage) => usage["estimated_time_to_regain_access"]).filter(isCount));
  const reset = minutes === 0 ? {} : { resetAt: base + minutes * MINUTE };
  return [{ dialect: "meta", key: bucket, unit: "percent", quota: 100, used, ...reset }];
}

function usagesOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const said: unknown = JSON.parse(text);
    if (!isRecord(said)) return [];
    const nested = Object.values(said)
      .slice(0, MAX_PARTS)
      .flatMap((one) => (Array.isArray(one) ? one.slice(0, MAX_PARTS) : []));
    return [said, ...nested.filter(isRecord)];
  } catch {
    return [];
  }
}

/** A rate, in calls a second. */
export function amazon(value: string): readonly Part[] | undefined {
  const quota = numberOf(value);
  return quota === undefined ? undefined : [{ dialect: "amazon", key: "", unit: "requests", quota, windowSeconds: 1 }];
}

export function akamai(value: string, _: NameWords, base: Instant): readonly Part[] | undefined {
  return resets(value, { dialect: "akamai", key: "" }, "reset", base);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

/** developers.facebook.com, Graph API, Rate Limits. */
const PERCENTAGES = ["call_count", "total_time", "total_cputime", "acc_id_util_pct"] as const;
