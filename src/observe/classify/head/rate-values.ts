import { parseFieldDate } from "../../../model/field-date.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../../model/instant.ts";

/**
 * Epoch or delta is told by size, as practice does it (zalando/riptide#632): above 1e12 milliseconds since 1970, above 1e9 seconds, else from now: in
 * seconds, or, where no limit lasts so long, in milliseconds.
 */
export function readReset(value: string, base: Instant): Instant | undefined {
  const number = numberOf(value);
  if (number !== undefined) return number > EPOCH_MS ? number : number > EPOCH_S ? number * SECOND : base + deltaOf(number);
  const duration = goDuration(value);
  return duration === undefined ? (parseFieldDate(value) ?? jsDate(value)) : base + duration;
}

/** Milliseconds from now, where a number of seconds would lie far beyond the window that it ends; undefined where it is none of that kind. */
export function deltaWithin(windowSeconds: number, value: string): number | undefined {
  const number = numberOf(value);
  if (number === undefined || number <= Math.max(2 * windowSeconds, SECOND) || number > windowSeconds * SECOND) return undefined;
  return Math.round(number);
}

function deltaOf(number: number): number {
  return Math.round(number * SECOND > LONGEST ? number : number * SECOND);
}

/** `12ms`, `6m0s`, `1h2m3s`; the sign of a micro arrives as one octet or two. */
function goDuration(text: string): number | undefined {
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ns|us|\u00c2?\u00b5s|ms|s|m|h|d)){1,6}$/.test(text)) return undefined;
  return [...text.matchAll(/([\d.]+)([^\d.]+)/g)].reduce((sum, [, count, unit = ""]) => sum + Number(count) * (GO_UNITS.get(unit) ?? 0), 0);
}

/** `Tue Feb 16 2021 09:02:42 GMT+0100 (Central European Standard Time)` */
function jsDate(text: string): Instant | undefined {
  const [, month, day, year, time, zone = ""] =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})?(?: \([^()]{0,60}\))?$/.exec(text) ?? [];
  const utc = parseFieldDate(`${day} ${month} ${year} ${time} GMT`);
  const [, sign = "+", hours = 0, minutes = 0] = /^([+-])(\d\d)(\d\d)$/.exec(zone) ?? [];
  const ahead = Number(hours) * HOUR + Number(minutes) * MINUTE;
  return utc === undefined ? undefined : utc - (sign === "-" ? -ahead : ahead);
}

export function afterSeconds(seconds: number | undefined, base: Instant): Instant | undefined {
  return seconds === undefined ? undefined : base + Math.round(seconds * SECOND);
}

/** A word for a time, in any of its usual forms; undefined where it is none. */
export function windowSecondsOf(word: string): number | undefined {
  return WINDOWS.find(({ words }) => words.test(word))?.seconds;
}

export function numberOf(value: string): number | undefined {
  const digits = withoutSeparators(value);
  return /^\d{1,15}(?:\.\d{1,9})?$/.test(digits) ? Number(digits) : undefined;
}

/** `5,000`; a list has spaces or parameters, and the same number twice is a field that came twice. */
function withoutSeparators(value: string): string {
  const isGrouped = /^[1-9]\d{0,2}(?:,\d{3}){1,4}$/.test(value) && new Set(value.split(",")).size > 1;
  return isGrouped ? value.replaceAll(",", "") : value;
}

/** `5000 / hour`, `100/15min`, `60 requests per minute`. */
export function quotaPerTime(value: string): { readonly quota: number; readonly windowSeconds: number } | undefined {
  const [, quota = "", times = "1", word = ""] =
    /^([\d.,]{1,20}) {0,3}(?:requests?|reqs?|calls?)? {0,3}(?:\/|per\b) {0,3}(\d{1,5})? {0,3}([a-z]{1,8})$/i.exec(value) ?? [];
  const [number, seconds] = [numberOf(quota), windowSecondsOf(word)];
  if (number === undefined || seconds === undefined || Number(times) === 0) return undefined;
  return { quota: number, windowSeconds: Number(times) * seconds };
}

/** `0;w=21600`, `-3` of those that count on. */
export function firstNumber(value: string): number | undefined {
  const [, number] = /^(-?\d{1,15}(?:\.\d{1,9})?)\s*(?:[;,]|$)/.exec(withoutSeparators(value)) ?? [];
  return number === undefined ? undefined : Number(number);
}

const WINDOWS: readonly { readonly words: RegExp; readonly seconds: number }[] = [
  { words: /^(?:s|secs?|seconds?|secondly)$/i, seconds: 1 },
  { words: /^(?:m|mins?|minutes?|minutely)$/i, seconds: 60 },
  { words: /^(?:h|hrs?|hours?|hourly)$/i, seconds: 3600 },
  { words: /^(?:d|days?|daily)$/i, seconds: 86_400 },
  { words: /^(?:w|weeks?|weekly)$/i, seconds: 7 * 86_400 },
  { words: /^(?:months?|monthly)$/i, seconds: 30 * 86_400 },
  { words: /^(?:years?|yearly)$/i, seconds: 365 * 86_400 },
];
const GO_UNITS: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["\u00b5s", 1e-3],
  ["\u00c2\u00b5s", 1e-3],
  ["ms", 1],
  ["s", SECOND],
  ["m", MINUTE],
  ["h", HOUR],
  ["d", DAY],
]);
const EPOCH_MS = 1e12;
const EPOCH_S = 1e9;
const LONGEST = 31 * DAY;
