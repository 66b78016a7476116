import type { ChangeSide } from "../../model/finding.ts";
import type { ChangeView } from "../view/report-view.ts";
import { CHANGE_WORDS, causeWords, REASON_WORDS } from "../view/words.ts";
import { paragraph } from "./prose.ts";
import { type Style, symbol } from "./style.ts";

/** What changed, and why, in words; in the order given. */
export function renderChanges(changes: readonly ChangeView[], style: Style): string {
  return changes
    .map((change) =>
      [
        paragraph(
          `${changeWords(change)}: ${change.integration}  ${change.rule}  ${change.subject}${change.waived ? "  (waived)" : ""}`,
          style,
          {
            indent: 2,
            lead: `${directionOf(change, style)} `,
            ...(change.regression ? { tone: "bad" } : {}),
          },
        ),
        paragraph(explain(change), style, { indent: 4 }),
      ].join("\n"),
    )
    .join("\n");
}

/** What ended without being mended is no good news: a certificate that expired does not expire soon any more. */
function changeWords({ kind, after }: ChangeView): string {
  return kind === "resolved" && after.verdict === "not-applicable" ? "no longer applies" : CHANGE_WORDS[kind];
}

function explain(change: ChangeView): string {
  const title = change.title === undefined ? "" : `${change.title}. `;
  const isFirst = change.before.verdict === undefined && change.before.presence === undefined;
  const before = isFirst && change.kind === "new" ? "not there" : sideWords(change.before);
  const sides = `Before: ${before}; now: ${sideWords(change.after)}.`;
  return `${title}${sides} Cause: ${causeWords(change.cause, change.rule)} (${change.cause}).`;
}

/** One side of a change in words. */
export function sideWords(side: ChangeSide): string {
  if (side.verdict === undefined) return side.presence === undefined ? "not known" : (side.severity ?? side.presence);
  if (side.verdict === "unobserved") return side.reason === undefined ? "could not be judged" : REASON_WORDS[side.reason].says;
  if (side.verdict === "fail") return [side.severity, side.outcome].filter((word) => word !== undefined).join(" ");
  return side.outcome === undefined || side.outcome === side.verdict ? side.verdict : `${side.verdict} (${side.outcome})`;
}

function directionOf(change: ChangeView, style: Style): string {
  if (["new", "worse", "reopened", "newly-detected"].includes(change.kind)) return symbol("worse", style);
  if (change.kind === "resolved" && change.after.verdict !== "pass") return symbol("dot", style);
  if (["improved", "resolved"].includes(change.kind)) return symbol("better", style);
  return change.kind === "lost-sight" ? symbol("unknown", style) : symbol("dot", style);
}
