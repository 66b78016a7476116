import { DAY, type Instant, MINUTE, SECOND } from "../../../model/instant.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";
import { headerOf } from "../../../model/turned-away.ts";
import { afterSeconds, deltaWithin, firstNumber, numberOf, quotaPerTime, readReset, windowSecondsOf } from "./rate-values.ts";
import { type FieldMember, parseDictionary, parseList } from "./structured-field.ts";

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

export interface RateBucket {
  readonly dialect: string;
  readonly name?: string;
  /** Amazon publishes halves: "0.5" calls a second. */
  readonly quota?: number;
  readonly unit?: string;
  readonly windowSeconds?: number;
  readonly remaining?: number;
  readonly resetAt?: Instant;
}

/** RFC 9110 section 10.2.3: whole seconds, or an HTTP-date. `seconds` is the wait, also where it is written in another way, and may be negative. */
export interface RetryAfter {
  readonly legal: boolean;
  readonly seconds?: number;
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

/** What one field says of one bucket; parts with the same dialect and key are one bucket. */
interface Part extends RateBucket {
  readonly key: string;
  readonly used?: number;
  /** The reset as it was written, where that may be a number from now. */
  readonly delta?: string;
}

type Joined = Omit<Part, "key" | "used">;

type Read = { readonly part: Part; readonly malformed?: never } | { readonly malformed: string; readonly part?: never };

interface Field {
  readonly name: RegExp;
  /** Undefined where the value is none of the dialect's. */
  readonly read: (value: string, words: readonly (string | undefined)[], base: Instant) => readonly Part[] | undefined;
}

function readField(field: string, value: string, base: Instant): readonly Read[] {
  if (field.length > MAX_NAME) return [];
  for (const { name, read } of FIELDS) {
    const words = name.exec(field);
    if (words === null) continue;
    if (NO_LIMIT.test(value)) return [];
    const parts = value.length > MAX_VALUE ? undefined : read(value, words.slice(1), base);
    return parts === undefined ? [{ malformed: field }] : parts.map((part) => ({ part }));
  }
  return [];
}

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

/** `"burst";q=100;w=60`; before draft 08 `100;w=60`, without a name. */
function policies(value: string): readonly Part[] | undefined {
  const members = parseList(value);
  const parts = members?.map((member, index) => policy(member, index));
  return parts?.every((part) => part !== undefined) ? parts : undefined;
}

function policy({ value, parameters }: FieldMember, index: number): Part | undefined {
  const quota = typeof value === "number" ? value : parameters.get("q");
  if (typeof quota !== "number" || quota < 0 || typeof value === "boolean") return undefined;
  const named = typeof value === "string" ? safeName(value) : undefined;
  const unit = parameters.get("qu");
  const key = typeof value === "string" ? value : `#${index}`;
  return {
    ...{ dialect: "ietf-draft", key, quota },
    ...(named === undefined || named === "default" ? {} : { name: named }),
    ...unitOf(typeof unit === "string" ? unit : "requests"),
    ...windowOf(parameters),
  };
}

/** `"default";r=50;t=30`; in draft 07 `limit=100, remaining=50, reset=5`. */
function current(value: string, _: readonly (string | undefined)[], base: Instant): readonly Part[] | undefined {
  const members = parseList(value);
  const isList = members?.every(({ value: name, parameters }) => typeof name === "string" && typeof parameters.get("r") === "number");
  if (members === undefined || isList !== true) return draft07(value, base);
  return members.map(({ value: key, parameters }) => ({
    ...{ dialect: "ietf-draft", key: String(key), remaining: Math.max(0, Number(parameters.get("r"))) },
    ...resetIn(parameters.get("t"), base),
  }));
}

function draft07(value: string, base: Instant): readonly Part[] | undefined {
  const said = new Map(parseDictionary(value)?.map(({ key, value: of }) => [key, of]));
  const [quota, remaining] = [said.get("limit"), said.get("remaining")];
  if (typeof quota !== "number" || typeof remaining !== "number") return undefined;
  return [
    { dialect: "ietf-draft-07", key: "", quota, unit: "requests", remaining: Math.max(0, remaining), ...resetIn(said.get("reset"), base) },
  ];
}

/** `x-ratelimit-limit`, `x-rate-limit-remaining`, `ratelimit-reset`, with a window (Kong) or a unit (OpenAI, Groq) after it. */
function classic(
  value: string,
  [x, spelling, what = "", suffix]: readonly (string | undefined)[],
  base: Instant,
): readonly Part[] | undefined {
  const dialect = x === undefined ? "ietf-draft-06" : `x-${spelling}`;
  const windowSeconds = windowSecondsOf(suffix ?? "");
  const name = windowSeconds === undefined && suffix !== undefined ? safeName(suffix) : undefined;
  const common = {
    ...{ dialect, key: suffix ?? "" },
    ...(name === undefined ? {} : { name }),
    ...unitOf(/(?:tokens|complexity)$/.exec(suffix ?? "")?.[0] ?? "requests"),
    ...(windowSeconds === undefined ? {} : { windowSeconds }),
  };
  if (what === "limit") return quotas(value, common);
  if (what === "remaining" || what === "used") {
    const count = firstNumber(value);
    return count === undefined ? undefined : [{ ...common, [what]: Math.max(0, count) }];
  }
  return resets(value, common, what, base);
}

/** The same words in another order: `x-ratelimit-requests-limit` (RapidAPI, Linear), `x-ratelimit-minute-remaining`. */
function bucketFirst(
  value: string,
  [x, spelling, suffix, what]: readonly (string | undefined)[],
  base: Instant,
): readonly Part[] | undefined {
  return classic(value, [x, spelling, what, suffix], base);
}

/**
 * With a word of the provider's before it, and a window of its own: `x-hubspot-ratelimit-daily`, `-daily-remaining`, `-interval-milliseconds`. What cannot
 * be read may be a language of its own.
 */
function ofVendor(value: string, [vendor = "", window, what = "limit"]: readonly (string | undefined)[], base: Instant): readonly Part[] {
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
function inMilliseconds(value: string, [, spelling, what]: readonly (string | undefined)[], base: Instant): readonly Part[] | undefined {
  const count = numberOf(value);
  const common = { dialect: `x-${spelling}`, key: "ms", unit: "requests" };
  if (count === undefined) return undefined;
  if (what === "requests-quota") return [{ ...common, quota: count }];
  if (what === "requests-left") return [{ ...common, remaining: count }];
  return [{ ...common, ...(what === "time-window-ms" ? { windowSeconds: count / SECOND } : { resetAt: base + count }) }];
}

/** `X-Rate-Limit: 700` beside `X-Rate-Limit-Remaining` (Zendesk); whatever else stands there is no dialect of anybody's. */
function alone(value: string, [spelling = ""]: readonly (string | undefined)[]): readonly Part[] {
  const common = { dialect: `x-${spelling}`, key: "", unit: "requests" };
  const quota = numberOf(value);
  const said = quota === undefined ? quotaPerTime(value) : { quota };
  return said === undefined ? [] : [{ ...common, ...said }];
}

/** `100`, `100;w=60`, `100/hour`, and `100, 100;window=60, 10000;window=86400`: the one in force, then all of them. */
function quotas(value: string, common: Part): readonly Part[] | undefined {
  const plain = numberOf(value);
  if (plain !== undefined) return [{ ...common, quota: plain }];
  const perTime = quotaPerTime(value);
  if (perTime !== undefined) return [{ ...common, ...perTime }];
  const members = parseList(value);
  if (members === undefined || members.some(({ value: quota }) => typeof quota !== "number" || quota < 0)) return undefined;
  const [first, ...others] = members.map(({ value: quota, parameters }) => ({ quota: Number(quota), ...windowOf(parameters) }));
  const same = first?.windowSeconds === undefined ? others.find(({ quota }) => quota === first?.quota) : undefined;
  const rest = others.filter((other) => other !== same);
  return [{ ...common, ...first, ...same }, ...rest.map((other, index) => ({ ...common, key: `${common.key}#${index}`, ...other }))];
}

function resets(value: string, common: Part, what: string, base: Instant): readonly Part[] | undefined {
  const resetAt = what === "reset-after" ? afterSeconds(numberOf(value), base) : readReset(value, base);
  if (resetAt === undefined) return undefined;
  return [{ ...common, resetAt, ...(what === "reset" && numberOf(value) !== undefined && { delta: value }) }];
}

/** GitHub names the bucket in a field of its own. */
function resource(value: string): readonly Part[] {
  const name = safeName(value);
  return name === undefined ? [] : [{ dialect: "x-ratelimit", key: "", name }];
}

function anthropic(value: string, [bucket = "", what = ""]: readonly (string | undefined)[], base: Instant): readonly Part[] | undefined {
  const name = safeName(bucket);
  const unit = /(requests|tokens)$/.exec(bucket)?.[1];
  const common = { dialect: "anthropic", key: bucket, ...(name === undefined ? {} : { name }), ...(unit === undefined ? {} : { unit }) };
  if (what === "reset") return resets(value, common, what, base);
  const count = numberOf(value);
  return count === undefined ? undefined : [{ ...common, [what === "limit" ? "quota" : "remaining"]: count }];
}

/** A leaky bucket: `2/80`. */
function shopify(value: string): readonly Part[] | undefined {
  const [, used, quota] = /^(\d{1,9})\/(\d{1,9})$/.exec(value) ?? [];
  return quota === undefined ? undefined : [{ dialect: "shopify", key: "", unit: "requests", quota: Number(quota), used: Number(used) }];
}

/** `api-usage=10018/100000`, of a day; what each application used may follow. */
function salesforce(value: string): readonly Part[] | undefined {
  const [, used, quota] = /(?:^|[;,\s])api-usage=(\d{1,12})\/(\d{1,12})(?!\d)/.exec(value) ?? [];
  if (quota === undefined) return undefined;
  return [{ dialect: "salesforce", key: "", unit: "requests", windowSeconds: DAY / SECOND, quota: Number(quota), used: Number(used) }];
}

/** What is left, and of what never: `11999`, or `Microsoft.Compute/HighCostGet3Min;159,...`. */
function azure(value: string, [bucket = ""]: readonly (string | undefined)[]): readonly Part[] | undefined {
  const counts = value.split(",").map((one) => /^\s*(?:[\w./-]{1,100}\s*;\s*)?(\d{1,12})\s*$/.exec(one)?.[1]);
  if (counts.length > MAX_PARTS || counts.includes(undefined)) return undefined;
  return counts.map((count, index) => ({ dialect: "azure", key: `${bucket}#${index}`, remaining: Number(count) }));
}

/** JSON in a header: per cent that were used, flat, or in lists by account. The worst counts. */
function meta(value: string, [bucket = ""]: readonly (string | undefined)[], base: Instant): readonly Part[] | undefined {
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
function amazon(value: string): readonly Part[] | undefined {
  const quota = numberOf(value);
  return quota === undefined ? undefined : [{ dialect: "amazon", key: "", unit: "requests", quota, windowSeconds: 1 }];
}

function akamai(value: string, _: readonly (string | undefined)[], base: Instant): readonly Part[] | undefined {
  return resets(value, { dialect: "akamai", key: "" }, "reset", base);
}

function readRetryAfter(value: string, base: Instant): RetryAfter {
  if (/^\d{1,15}$/.test(value)) return { legal: true, seconds: Number(value) };
  const number = value.length > MAX_VALUE ? undefined : Number(/^-?\d{1,15}(?:\.\d{1,9})?$/.exec(value)?.[0]);
  if (number !== undefined && !Number.isNaN(number)) return { legal: false, seconds: number };
  const at = value.length > MAX_VALUE ? undefined : readReset(value, base);
  return at === undefined ? { legal: false } : { legal: HTTP_DATE.test(value), seconds: Math.round((at - base) / SECOND) };
}

function windowOf(parameters: FieldMember["parameters"]): { readonly windowSeconds?: number } {
  const windowSeconds = parameters.get("w") ?? parameters.get("window");
  return typeof windowSeconds === "number" && windowSeconds > 0 ? { windowSeconds } : {};
}

function resetIn(seconds: unknown, base: Instant): { readonly resetAt?: Instant } {
  const resetAt = typeof seconds === "number" ? readReset(String(seconds), base) : undefined;
  return resetAt === undefined ? {} : { resetAt };
}

function unitOf(word: string): { readonly unit?: string } {
  const unit = safeName(word);
  return unit === undefined ? {} : { unit };
}

/** Up to four words that a provider calls a policy by, and a small number; anything that reads like an identifier is not kept. */
function safeName(text: string): string | undefined {
  return /^[A-Za-z]{1,16}(?:[_-][A-Za-z]{1,16}){0,3}(?:[_-]?\d{1,3}[A-Za-z]{0,3})?$/.test(text) ? text.toLowerCase() : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

/** In order: the first name that fits counts. */
const FIELDS: readonly Field[] = [
  { name: /^(?:x-)?ratelimit-policy$/, read: policies },
  { name: /^ratelimit$/, read: current },
  { name: /^(x-)?(rate-?limit)-(limit|remaining|used|reset-after|reset)(?:-([a-z0-9_-]{1,32}))?$/, read: classic },
  { name: /^x-(rate-?limit)$/, read: alone },
  { name: /^(x-)(rate-?limit)-(requests-quota|requests-left|time-window-ms|time-reset-ms)$/, read: inMilliseconds },
  { name: /^(x-)?(rate-?limit)-([a-z0-9_-]{1,32}?)-(limit|remaining|used|reset-after|reset)$/, read: bucketFirst },
  { name: /^x-ratelimit-resource$/, read: resource },
  { name: /^x-ratelimit-next$/, read: akamai },
  { name: /^anthropic-(?:priority-)?ratelimit-([a-z0-9-]{1,32})-(limit|remaining|reset)$/, read: anthropic },
  { name: /^x-shopify-shop-api-call-limit$/, read: shopify },
  { name: /^sforce-limit-info$/, read: salesforce },
  { name: /^x-ms-ratelimit-remaining-([a-z0-9-]{1,64})$/, read: azure },
  { name: /^x-(app|page|ad-account|business-use-case)-usage$/, read: meta },
  { name: /^x-amzn-ratelimit-limit$/, read: amazon },
  {
    name: /^x-([a-z0-9]{2,20})-rate-?limit(?:-(secondly|minutely|hourly|daily|weekly|monthly))?(?:-(limit|max|remaining|used|reset|interval-milliseconds))?$/,
    read: ofVendor,
  },
];

/** Seconds or milliseconds to wait, in fields of vendors' own. */
const COME_BACK: ReadonlySet<string> = new Set(["x-retry-after", "x-ratelimit-retry-after", "x-ms-retry-after-ms", "retry-after-ms"]);
const NO_LIMIT = /^(?:|-|-1|none|null|unlimited|inf|infinity|n\/a)$/i;
const HTTP_DATE = /^[A-Z][a-z]{2,8}, .* GMT$|^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/;
/** developers.facebook.com, Graph API, Rate Limits. */
const PERCENTAGES = ["call_count", "total_time", "total_cputime", "acc_id_util_pct"] as const;
const EARLIER_DRAFT = /^ietf-draft-0[67]$/;
const MAX_NAME = 100;
const MAX_VALUE = 4096;
const MAX_PARTS = 64;
