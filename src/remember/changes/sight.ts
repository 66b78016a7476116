import type { VerdictRecord } from "../../model/finding.ts";
import type { Rejudge } from "./old-evidence.ts";
import { isBlind } from "./side.ts";

/**
 * Whether what fails now, and was not asked for by name `before`, was looked for and not there. The old evidence says so where it can
 * be judged; else a conclusive verdict at the same place does, unless it rests on a cut answer, which is no sight of the rest.
 */
export function wasLookedAt(verdict: VerdictRecord, before: readonly VerdictRecord[], rejudged: ReturnType<Rejudge>): boolean {
  if (rejudged?.verdict === "pass" || rejudged?.verdict === "fail") return rejudged.verdict === "pass";
  const there = before.filter((one) => isSamePlace(one, verdict));
  const cut = new Set(there.filter((one) => isBlind(one.verdict)).flatMap(hashesOf));
  return there.some((one) => !isBlind(one.verdict) && !hashesOf(one).some((hash) => cut.has(hash)));
}

/** A verdict about one endpoint says nothing of another one, even where its place is the whole origin. */
export function isSamePlace(one: VerdictRecord, other: VerdictRecord): boolean {
  if (one.rule !== other.rule || placeOf(one.subject) !== placeOf(other.subject)) return false;
  const sources = one.evidence.map(({ key }) => withoutAddress(key));
  return !other.subject.includes("#") || other.evidence.some(({ key }) => sources.includes(withoutAddress(key)));
}

/** The fields of a body or of a header are found where somebody looked; any other subject is asked for by its name. */
function placeOf(subject: string): string {
  const [place = ""] = subject.split("#", 1);
  return place.replace(/^header:[^@]*/, "headers");
}

/** Of the canonical text of an observation key, origin|address|endpoint: providers rotate their addresses. */
function withoutAddress(key: string): string {
  const [origin, _address, ...endpoint] = key.split("|");
  return [origin, ...endpoint].join("|");
}

function hashesOf({ evidence }: VerdictRecord): readonly string[] {
  return evidence.map(({ hash }) => hash);
}
