import { CHANGE_KINDS, type ChangeKind } from "../../model/finding.ts";
import { isoDay, isoInstant } from "../../model/instant.ts";
import type { AlertKind } from "../../model/notification.ts";
import { CHANGE_WORDS, causeWords } from "../view/words.ts";
import { shortened } from "./clean.ts";
import type { Digest, DigestLine } from "./digest.ts";

/** Counts only, nothing from outside: it becomes a subject line. */
export function headingOf({ type, counts, lines }: Digest): string {
  if (type === "test") return "apirisk: a test message, nothing happened";
  const worst = lines[0]?.severity;
  const urgent = counts.immediate === 0 ? [] : [`${counts.immediate} to act on now${worst === undefined ? "" : ` (${worst})`}`];
  const news =
    counts.digest === 0 ? [] : [`${counts.digest} ${urgent.length > 0 ? "more " : ""}${counts.digest === 1 ? "change" : "changes"}`];
  const quiet = urgent.length + news.length > 0 ? [] : [`${counts.newlyDetected} newly detected`];
  return `apirisk: ${[...urgent, ...news, ...quiet].join(", ")}`;
}

/** One sentence for each line, and what was only counted. Each is at most 500 characters, without a line break. */
export function sentencesOf(digest: Digest): readonly string[] {
  const { counts, lines, more, type, newlyDetected = [] } = digest;
  if (type === "test") return ["This channel works. Sent by apirisk notify test."];
  return [
    ...lines.map((line) => shortened(sentenceOf(line), LONGEST_SENTENCE)),
    ...(more === 0 ? [] : [`and ${more} more`]),
    ...(counts.newlyDetected === 0
      ? []
      : [
          `${counts.newlyDetected} newly detected by other rules, tool or configuration: no regression`,
          ...newlyDetected.map((line) => shortened(`newly detected: ${sentenceOf(line)}`, LONGEST_SENTENCE)),
        ]),
    ...(counts.unstable === 0 ? [] : [`${counts.unstable} unstable, not told one by one`]),
    ...(counts.baseline === 0 ? [] : [`baseline recorded for ${counts.baseline} new`]),
    "Look closer with: apirisk run show latest",
  ];
}

function sentenceOf(line: DigestLine): string {
  const { kind, severity, owner, cause, dueAt, at } = line;
  const words = at === undefined ? KIND_WORDS[kind] : `${isoInstant(at)}: ${KIND_WORDS[kind]}`;
  const lead = [severity, words].filter((word) => word !== undefined).join(", ");
  const notes = [
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(cause === undefined ? [] : [causeWords(cause, line.rule)]),
    ...(dueAt === undefined ? [] : [`act by ${isoDay(dueAt)}`]),
  ];
  const where = namesOf(line);
  return `${[lead, whatOf(line), where].filter((part) => part !== undefined).join(": ")}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
}

/** The worst of those that have one cause speaks for all; the cause itself is a key, and says nothing to a person. */
function whatOf({ title, count, rootCause }: DigestLine): string | undefined {
  if (rootCause === undefined || count <= 1) return title;
  const others = `${count - 1} more with the same cause`;
  return title === undefined ? `${count} findings with one cause` : `${title}, and ${others}`;
}

function namesOf({ integrations, integrationCount }: DigestLine): string | undefined {
  if (integrations.length === 0) return undefined;
  const rest = integrationCount - integrations.length;
  return `${integrations.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

export const KIND_WORDS: Readonly<Record<AlertKind, string>> = {
  ...(Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, CHANGE_WORDS[kind]])) as Record<ChangeKind, string>),
  "waiver-expired": "waiver expired",
  "waiver-void": "waiver void",
  "waiver-fulfilled": "waiver fulfilled",
  "waiver-unused": "waiver unused",
  retired: "no longer asked about, neither fixed nor watched",
  "visibility-lost": "no longer visible",
  blind: "a run saw nothing: look at the network of the machine that runs apirisk",
  "clock-suspect": "the clock of the machine is suspect: nothing was judged by time",
  baseline: "baseline recorded",
};

const LONGEST_SENTENCE = 500;
