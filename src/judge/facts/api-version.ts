import { coerce, satisfies, validRange } from "semver";

/** A version of an API, as its provider numbers them. */
export type ApiVersion =
  /** "2022-11-28", "2026-07", "2026-09-30.endive": to the day or to the month. */
  | { readonly kind: "date"; readonly day: string; readonly rest: string; readonly text: string }
  /** "1", "v2.1", "1.0-rc". */
  | { readonly kind: "numbers"; readonly numbers: readonly number[]; readonly rest: string; readonly text: string }
  | { readonly kind: "word"; readonly text: string };

/** How the version that is seen stands to the one that is meant; undefined where the two are named in different ways. */
export type VersionStanding = "same" | "older" | "newer" | "another";

/** Undefined for what is no version. */
export function parseApiVersion(text: string): ApiVersion | undefined {
  const version = text
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .toLowerCase();
  if (!/^[\w.+-]{1,40}$/.test(version)) return undefined;
  const [, day, dayRest = ""] = /^(20\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?)(?:[.-]([\w.+-]+))?$/.exec(version) ?? [];
  if (day !== undefined) return { kind: "date", day, rest: dayRest, text: version };
  const [, numbers, rest = ""] = /^v?(\d{1,6}(?:\.\d{1,6}){0,3})(?:[-+.]?([a-z][\w.+-]*))?$/.exec(version) ?? [];
  if (numbers !== undefined) return { kind: "numbers", numbers: numbers.split(".").map(Number), rest, text: version };
  return { kind: "word", text: version };
}

/**
 * The pin may say less than what is seen: "1" means any 1.x, "2026-09" any day of it. Dates are compared as dates, which a library for semantic
 * versions does not do: it makes "2026-03-10" 2026.0.0.
 */
export function standingTo(pinned: string, seen: ApiVersion): VersionStanding | undefined {
  if (isRange(pinned)) return inRange(pinned, seen);
  const pin = parseApiVersion(pinned);
  if (pin?.kind === "date" && seen.kind === "date") return ofDates(pin, seen);
  if (pin?.kind === "numbers" && seen.kind === "numbers") return ofNumbers(pin, seen);
  if (pin?.kind === "word" && seen.kind === "word") return pin.text === seen.text ? "same" : "another";
  return undefined;
}

type Dated = Extract<ApiVersion, { kind: "date" }>;
type Numbered = Extract<ApiVersion, { kind: "numbers" }>;

/** As far as both go. A name that only one of them tells is no difference: "2026-09-30" is "2026-09-30.endive". */
function ofDates(pin: Dated, seen: Dated): VersionStanding {
  const length = Math.min(pin.day.length, seen.day.length);
  const [meant, is] = [pin.day.slice(0, length), seen.day.slice(0, length)];
  if (meant !== is) return is < meant ? "older" : "newer";
  return pin.rest === "" || seen.rest === "" || pin.rest === seen.rest ? "same" : "another";
}

/** What the seen one leaves out is nought; what the pin leaves out may be anything. */
function ofNumbers(pin: Numbered, seen: Numbered): VersionStanding {
  const at = pin.numbers.findIndex((number, index) => number !== (seen.numbers[index] ?? 0));
  if (at >= 0) return (seen.numbers[at] ?? 0) < (pin.numbers[at] ?? 0) ? "older" : "newer";
  return pin.rest === seen.rest ? "same" : "another";
}

/** Members of a list of versions, as far as they are versions. */
export function parseVersionList(value: string): readonly ApiVersion[] {
  return value
    .split(",")
    .slice(0, MAX_VERSIONS)
    .flatMap((one) => parseApiVersion(one) ?? []);
}

/** "^1", "1.x", ">=1 <3". */
function isRange(text: string): boolean {
  return /[\^~<>=*|]|\.x\b/i.test(text) && text.length <= MAX_RANGE && validRange(text) !== null;
}

function inRange(range: string, seen: ApiVersion): VersionStanding | undefined {
  const version = seen.kind === "numbers" ? coerce(seen.numbers.join(".")) : null;
  if (version === null) return undefined;
  return satisfies(version, range) ? "same" : "another";
}

const MAX_VERSIONS = 100;
const MAX_RANGE = 64;
