import type { StandingVerdict } from "../../../model/history.ts";
import type { VerdictSpan } from "../../../model/history-store.ts";
import { severityRank } from "../../../model/severity.ts";

/**
 * What each question was answered with last, and since when that is so. A night without an answer neither ends nor begins anything, and
 * new evidence for the same outcome is the same answer. Subjects that their rule stopped listing are left out. Failures first, worst first.
 */
export function standingVerdicts(spans: readonly VerdictSpan[]): readonly StandingVerdict[] {
  const judged = new Map<string, number>();
  const questions = new Map<string, VerdictSpan[]>();
  for (const span of spans) {
    judged.set(span.rule, Math.max(span.lastAt, judged.get(span.rule) ?? span.lastAt));
    const key = JSON.stringify([span.rule, span.subject]);
    const known = questions.get(key);
    if (known === undefined) questions.set(key, [span]);
    else known.push(span);
  }
  return [...questions.values()]
    .flatMap((question) => standingOf(question, judged.get(question[0]?.rule ?? "") ?? 0))
    .sort((a, b) => weightOf(b) - weightOf(a) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.subject < b.subject ? -1 : 1));
}

function standingOf(question: readonly VerdictSpan[], judgedAt: number): readonly StandingVerdict[] {
  const listedAt = question.reduce((last, { lastAt }) => Math.max(last, lastAt), 0);
  const newestFirst = question.filter(({ verdict }) => CONCLUSIVE.has(verdict)).sort((a, b) => b.lastAt - a.lastAt);
  const [last] = newestFirst;
  if (last === undefined || listedAt < judgedAt) return [];
  const other = newestFirst.find(({ verdict, outcome }) => verdict !== last.verdict || outcome !== last.outcome);
  const same = other === undefined ? newestFirst : newestFirst.slice(0, newestFirst.indexOf(other));
  const { rule, subject, verdict, outcome, severity, title } = last;
  return [
    {
      rule,
      subject,
      verdict,
      outcome,
      ...(severity === undefined ? {} : { severity }),
      ...(title === undefined ? {} : { title }),
      since: same.at(-1)?.firstAt ?? last.firstAt,
      otherUntil: other?.lastAt ?? null,
      confirmedAt: last.lastAt,
      unseen: listedAt > last.lastAt,
    },
  ];
}

function weightOf({ verdict, severity }: StandingVerdict): number {
  return verdict === "fail" ? 1 + severityRank(severity ?? "info") : 0;
}

const CONCLUSIVE: ReadonlySet<string> = new Set(["pass", "fail", "not-applicable"]);
