import { type FindingRecord, type HistoryEvent, PUT_ASIDE } from "../../model/finding.ts";
import { lastDayOf } from "../../model/instant.ts";

/** How a finding stands, in a word or two: whether it is there, and what was decided about it. */
export function stateWords({ presence, triage, cover, retired }: FindingRecord): string {
  if (presence === "retired" && retired !== undefined) return `retired (${wordsOf(retired)})`;
  if (presence === "resolved" || presence === "retired") return presence;
  if (cover !== undefined && cover.ended === undefined) return "waived";
  if (PUT_ASIDE.has(triage)) return wordsOf(triage);
  return triage === "none" ? presence : `${presence}, ${wordsOf(triage)}`;
}

/** What people decided: for example "accepted by ciso, until 2026-12-19"; undefined where the detail does not say. */
export function decisionWords(detail: HistoryEvent["detail"]): string | undefined {
  const { triage, by, until } = detail ?? {};
  if (typeof triage !== "string" || typeof by !== "string") return undefined;
  const word = triage === "none" ? "decision taken back" : wordsOf(triage);
  return `${word} by ${by}${typeof until === "number" ? `, until ${lastDayOf(until)}` : ""}`;
}

function wordsOf(name: string): string {
  return name.replaceAll("_", " ");
}
