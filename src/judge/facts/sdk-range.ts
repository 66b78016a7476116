import { type Comparator, Range, SemVer, valid, validRange } from "semver";
import { isSdkEcosystem, type SdkEcosystem } from "../../model/sdk.ts";

/**
 * Whether a version is in a range, in the way of its ecosystem; undefined where one of the two cannot be read. A pre-release counts as a version like
 * any other, as long as it is not one of a bound that is left out: 5.0.0-rc.1 is below neither 5 nor 5.0.0, and below 5.0.0-rc.2.
 */
export function isInRange(ecosystem: string, range: string, version: string): boolean | undefined {
  if (!isSdkEcosystem(ecosystem)) return undefined;
  return SEMANTIC.has(ecosystem) ? inSemanticRange(range, version) : inNumberedRange(ecosystem, range, version);
}

function inSemanticRange(range: string, version: string): boolean | undefined {
  const plain = version.replace(/^v/, "");
  if (range.trim() === "" || validRange(range) === null || valid(plain) === null) return undefined;
  const installed = new SemVer(plain);
  return new Range(range, { includePrerelease: true }).set.some((all) => all.every((bound) => isWithin(installed, bound)));
}

/** Semantic Versioning section 11.4.3 puts a candidate before its release; whoever writes "below 5.0.0" means the last of 4. */
function isWithin(version: SemVer, bound: Comparator): boolean {
  if (!bound.test(version)) return false;
  const isLeftOut = bound.operator === "<" && bound.semver.prerelease.length === 0 && version.compareMain(bound.semver) === 0;
  return !isLeftOut || AFTER_A_RELEASE.test(version.prerelease.join("."));
}

/** Composer separates alternatives by "||", as npm does; the others know none. */
function inNumberedRange(ecosystem: SdkEcosystem, range: string, version: string): boolean | undefined {
  const installed = parseNumbered(version);
  if (installed === undefined) return undefined;
  const alternatives = ecosystem === "packagist" ? range.split(/\s*\|\|?\s*/) : [range];
  const answers = alternatives.map((one) => inAll(ecosystem, one, installed));
  return answers.includes(undefined) ? undefined : answers.includes(true);
}

/** Constraints stand beside each other, with commas or without. */
function inAll(ecosystem: SdkEcosystem, text: string, version: Numbered): boolean | undefined {
  const joined = text.trim().replace(/([<>=!~^])\s+/g, "$1");
  const constraints = joined.split(/\s*,\s*|\s+/);
  const answers = constraints.map((one) => meets(ecosystem, one, version));
  return answers.includes(undefined) ? undefined : answers.every((one) => one === true);
}

/** A version as PEP 440, Composer and RubyGems number them. */
interface Numbered {
  readonly epoch: number;
  readonly numbers: readonly number[];
  /** -1 before the release of these numbers, 1 after it. */
  readonly stage: -1 | 0 | 1;
  /** Of a stage that is not the release. */
  readonly rest: string;
}

function parseNumbered(text: string): Numbered | undefined {
  const [, epoch = "0", numbers, tail = ""] =
    /^v?(?:(\d{1,4})!)?(\d{1,9}(?:\.\d{1,9}){0,5})([^\s+]{0,40})(?:\+[\w.-]{1,64})?$/i.exec(text) ?? [];
  if (numbers === undefined) return undefined;
  const stage = stageOf(tail.toLowerCase());
  if (stage === undefined) return undefined;
  return { epoch: Number(epoch), numbers: numbers.split(".").map(Number), stage, rest: tail.toLowerCase().replace(/[-_.]/g, "") };
}

/** PEP 440 (post-releases and pre-releases), Composer (stability suffixes, patches), RubyGems (any letter makes a pre-release). */
function stageOf(tail: string): Numbered["stage"] | undefined {
  if (tail === "") return 0;
  if (/^(?:[-_.]?(?:post|patch|pl|rev|p|r)[-_.]?\d*|-\d+)$/.test(tail)) return 1;
  return /^[-_.]?(?:alpha|beta|dev|preview|pre|rc|a|b|c)[\w.-]*$/.test(tail) ? -1 : undefined;
}

function meets(ecosystem: SdkEcosystem, constraint: string, version: Numbered): boolean | undefined {
  if (constraint === "*") return true;
  const [, operator = "", bound = "", star] = /^(===|~=|~>|==|!=|>=|<=|[\^~><=])?([^*=<>~^!]+?)(\.[*x])?$/.exec(constraint) ?? [];
  const from = parseNumbered(bound);
  if (from === undefined) return undefined;
  if (star !== undefined) return STARRED.has(operator) ? startsWith(version, from) === (operator !== "!=") : undefined;
  const order = compare(version, from);
  switch (operator) {
    case "":
    case "=":
    case "==":
    case "===":
      return order === undefined ? undefined : order === 0;
    case "!=":
      return order === undefined ? undefined : order !== 0;
    case ">=":
      return order === undefined ? undefined : order >= 0;
    case "<=":
      return order === undefined ? undefined : order <= 0;
    case ">":
      return order === undefined ? undefined : order > 0;
    case "<":
      return isBelow(version, from);
    case "^":
      return within(version, from, leading(from));
    default:
      return within(version, from, kept(ecosystem, operator, from));
  }
}

/** "~" of Poetry leaves the second number as it is; "~=", "~>" and Composer's "~" let the last one that is written grow. */
function kept(ecosystem: SdkEcosystem, operator: string, { numbers }: Numbered): number {
  if (operator === "~" && ecosystem === "pypi") return Math.min(1, numbers.length - 1);
  return Math.max(0, numbers.length - 2);
}

/** The first number that is not nought: what "^" leaves as it is. */
function leading({ numbers }: Numbered): number {
  const at = numbers.findIndex((number) => number > 0);
  return at < 0 ? numbers.length - 1 : at;
}

/** From `from` on, and below the next one at the place `at` of its numbers. */
function within(version: Numbered, from: Numbered, at: number): boolean | undefined {
  const next = from.numbers.slice(0, at + 1).map((number, index) => (index === at ? number + 1 : number));
  const order = compare(version, from);
  const isUnder = isBelow(version, { epoch: from.epoch, numbers: next, stage: 0, rest: "" });
  return order === undefined ? undefined : order >= 0 && isUnder;
}

/** "4.1.*", whatever the stage. */
function startsWith({ epoch, numbers }: Numbered, from: Numbered): boolean {
  return epoch === from.epoch && from.numbers.every((number, at) => number === (numbers[at] ?? 0));
}

/** What comes before the release of the bound is not below it. */
function isBelow(version: Numbered, bound: Numbered): boolean {
  return version.epoch !== bound.epoch ? version.epoch < bound.epoch : compareNumbers(version.numbers, bound.numbers) < 0;
}

/** Undefined for two stages of one release: their order is every ecosystem's own. */
function compare(a: Numbered, b: Numbered): number | undefined {
  const order = a.epoch - b.epoch || compareNumbers(a.numbers, b.numbers) || a.stage - b.stage;
  if (order !== 0 || a.stage === 0 || a.rest === b.rest) return order;
  return undefined;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A pseudo-version of Go that counts on from the last release: v4.9.3-0.20260101000000-abcdef123456 comes after v4.9.2 (Go Modules Reference). */
const AFTER_A_RELEASE = /^0\.\d{14}-[\da-f]{12}$/;
const SEMANTIC: ReadonlySet<string> = new Set<SdkEcosystem>(["npm", "go"]);
const STARRED: ReadonlySet<string> = new Set(["", "=", "==", "!="]);
