import type { AgainCounts, AgainDifference } from "../../model/judged-again.ts";
import { sideWords } from "./changes.ts";
import { counted, listed, paragraph } from "./prose.ts";
import type { Style } from "./style.ts";
import { renderTable } from "./table.ts";

/** What is said differently today, a row each; `kindOf` gives the word of the first column, where there is one. */
export function renderDifferences<D extends AgainDifference>(
  differences: readonly D[],
  style: Style,
  kindOf?: (difference: D) => string,
): string {
  return renderTable(
    [
      ...(kindOf === undefined ? [] : [{ title: "WOULD" }]),
      { title: "INTEGRATION" },
      { title: "RULE", flexible: true },
      { title: "SUBJECT", flexible: true },
      { title: "THEN", flexible: true },
      { title: "NOW", flexible: true },
      { title: "WHY" },
    ],
    differences.map((difference) => [
      ...(kindOf === undefined ? [] : [kindOf(difference)]),
      difference.integration,
      difference.rule,
      difference.subject,
      sideWords(difference.before),
      sideWords(difference.after),
      difference.why,
    ]),
    style,
  );
}

/** `of` says of what. */
export function renderCounts(counts: AgainCounts, style: Style, of: string): string {
  const { judged, equal, different, unobserved } = counts;
  const told = `${equal} equal, ${different} different, ${unobserved} cannot be told any more`;
  return paragraph(`${of}: ${counted(judged, "question")} judged again, ${told}.`, style);
}

/** The numbers and the table of a backtest. */
export function renderBacktest(
  backtest: {
    readonly audits: number;
    readonly counts: Readonly<Record<"opens" | "changes" | "closes" | "drops" | "unchanged" | "cannotTell", number>>;
    readonly cannotTell: Readonly<Partial<Record<string, number>>>;
    readonly differences: readonly (AgainDifference & { readonly kind: string })[];
  },
  style: Style,
): string {
  if (backtest.audits === 0) return "No evidence to judge again. Make some with: apirisk audit";
  const { opens, changes, closes, drops, unchanged, cannotTell } = backtest.counts;
  const reasons = Object.entries(backtest.cannotTell).map(([reason, count]) => `${reason} ${count}`);
  const parts = [
    `open ${opens}`,
    `change ${changes}`,
    `close ${closes}`,
    ...(drops > 0 ? [`stop asking ${drops} that failed`] : []),
    `leave ${unchanged} unchanged`,
  ];
  const unknown = cannotTell === 0 ? "" : ` Cannot tell ${cannotTell} (${listed(reasons)}).`;
  const head = `Would ${listed(parts)}, by the newest evidence of ${counted(backtest.audits, "integration")}.${unknown}`;
  const none = "What opens is newly detected: no provider did anything, and it is no regression.";
  return [
    paragraph(head, style, { tone: "strong" }),
    ...(opens > 0 ? [paragraph(none, style)] : []),
    ...(backtest.differences.length === 0 ? [] : [renderDifferences(backtest.differences, style, ({ kind }) => KIND_WORDS[kind] ?? kind)]),
  ].join("\n");
}

const KIND_WORDS: Readonly<Record<string, string>> = { opens: "open", changes: "change", closes: "close", drops: "stop asking" };
