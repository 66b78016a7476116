import type { Cause, ChangeKind, EventKind } from "../../model/finding.ts";
import type { StandingVerdict, TimelineEntry, TimelineGap, TimelineUpgrade } from "../../model/history.ts";
import { isoDay, isoInstant } from "../../model/instant.ts";
import type { FleetRowView, FleetView, IntegrationView } from "../view/history-view.ts";
import { CHANGE_WORDS, causeWords, EVENT_WORDS, VISIBILITY_WORDS } from "../view/words.ts";
import { decisionWords } from "./finding-state.ts";
import { forecastWords, renewalCell, sharedFateWords, survivalWords } from "./forecasts.ts";
import { counted, firstOf, paragraph } from "./prose.ts";
import { paint, type Style, symbol } from "./style.ts";
import { type Cell, renderDefinition, renderTable } from "./table.ts";

/** The fleet for people at a terminal. */
export function renderFleet(view: FleetView, style: Style): string {
  const late = view.late === 0 ? "" : ` ${counted(view.late, "renewal is", "renewals are")} late.`;
  return blocks([
    paragraph(`${counted(view.rows.length + view.more, "integration")} remembered.${late}`, style, { tone: "strong" }),
    [
      renderTable(
        FLEET_COLUMNS,
        view.rows.map((row) => fleetCells(row, style)),
        style,
      ),
      ...rest(view.more, "--limit shows more", style),
    ].join("\n"),
    section(
      "Certificates that end within 30 days, the likeliest to be forgotten first",
      view.ends.map((end) => `${end.integration}: ${survivalWords(end)}`),
      view.moreEnds,
      style,
    ),
    section("Certificates that end together", view.fates.map(sharedFateWords), view.moreFates, style),
  ]);
}

/** One integration for people at a terminal. */
export function renderIntegrationHistory(view: IntegrationView, style: Style): string {
  const { document, failing, mended, steady, unanswered } = view;
  const { integration, timeline, forecasts } = document;
  const unknown = unanswered === 0 ? "" : ` ${unanswered} more had the same answer until they were answered last, and have none now.`;
  const counts = `${counted(steady, "other question")} answered the same ever since, or not applicable.${unknown}`;
  return blocks([
    renderDefinition(
      [
        ["integration", `${integration.id} (${integration.name})`],
        ["known since", isoInstant(integration.firstSeenAt)],
        ["last audit", isoInstant(integration.lastAuditAt)],
        ["last seen", integration.lastSeenAt === null ? "never" : isoInstant(integration.lastSeenAt)],
        ["score", integration.score === null ? "-" : String(integration.score)],
        ["seen from", integration.vantage],
      ],
      style,
    ),
    [
      heading("What happened, the newest first", style),
      timelineText(timeline, style),
      ...rest(view.more, "--limit shows more", style),
    ].join("\n"),
    [
      heading("What is true, since when", style),
      standingText([...failing, ...mended], style),
      paragraph(counts, style, { indent: 2, tone: "faint" }),
    ]
      .filter((text) => text !== "")
      .join("\n"),
    section("What is to be expected", forecasts.map(forecastWords), 0, style),
    paragraph("Forecasts rest on what was seen, and decide no exit code.", style, { tone: "faint" }),
  ]);
}

const FLEET_COLUMNS = [
  { title: "INTEGRATION" },
  { title: "LAST SEEN" },
  { title: "SCORE", align: "right" },
  { title: "30 D AGO", align: "right", priority: 3 },
  { title: "TREND", priority: 4 },
  { title: "OPEN", flexible: true, priority: 1 },
  { title: "LAST CHANGE", priority: 2 },
  { title: "CERTIFICATE ENDS" },
] as const;

function fleetCells({ row, trend, open, renewal }: FleetRowView, style: Style): readonly Cell[] {
  const seen = row.lastSeenAt === null ? "never" : isoDay(row.lastSeenAt);
  const isBlind = row.visibility !== "observed" && row.visibility !== "partial";
  const changed = row.lastChange;
  const ends = renewal === null ? "-" : renewalCell(renewal);
  return [
    row.id,
    isBlind ? `${seen} (${VISIBILITY_WORDS[row.visibility]})` : seen,
    row.score === null ? "-" : String(row.score),
    row.score30DaysAgo === null ? "-" : String(row.score30DaysAgo),
    trendText(trend, style),
    open.length === 0 ? "-" : open.map(({ severity, count }) => `${count} ${severity}`).join(", "),
    changed === null ? "-" : `${isoDay(changed.at)} ${kindWords(changed.kind)}`,
    row.late ? { text: `${symbol("worse", style)} ${ends}`, tone: "bad" } : ends,
  ];
}

/** A night without a score is a gap in the line. */
function trendText(trend: FleetRowView["trend"], style: Style): string {
  const steps = style.unicode ? BARS : DIGITS;
  return trend.map((step) => (step === null ? "." : (steps[step] ?? "."))).join("");
}

function timelineText(timeline: readonly TimelineEntry[], style: Style): string {
  if (timeline.length === 0) return paragraph("Nothing.", style, { indent: 2 });
  return timeline.map((entry) => paragraph(entryWords(entry), style, { indent: 2, lead: `${isoInstant(entry.at)}  ` })).join("\n");
}

function entryWords(entry: TimelineEntry): string {
  if (entry.what === "gap") return gapWords(entry);
  if (entry.what === "upgrade") return upgradeWords(entry);
  const { kind, cause, rule = "", subject = "", severity, title, decision } = entry;
  const question = rule === "" ? "" : `  ${rule}  ${subject}`;
  const isFirst = entry.firstSight === true;
  const because = isFirst
    ? `${title === undefined ? "." : ""} Seen for the first time.`
    : cause === undefined
      ? ""
      : `${title === undefined ? "." : ""} Cause: ${causeWords(cause as Cause, rule)} (${cause}).`;
  return `${decisionWords(decision) ?? kindWords(kind)}${severity === undefined ? "" : ` (${severity})`}${question}${title === undefined ? "" : `  ${title}.`}${because}`;
}

function gapWords({ from, to }: TimelineGap): string {
  const begin = from === null ? "the first audit" : isoInstant(from);
  return `not observed from ${begin} to ${to === null ? "now" : isoInstant(to)}: what changed meanwhile has no date.`;
}

function upgradeWords({ tool, toolVersion, rules: { added, revised, removed } }: TimelineUpgrade): string {
  const parts = [
    ...(added.length === 0 ? [] : [`new rules: ${firstOf(added, NAMES)}`]),
    ...(revised.length === 0 ? [] : [`revised: ${firstOf(revised, NAMES)}`]),
    ...(removed.length === 0 ? [] : [`removed: ${firstOf(removed, NAMES)}`]),
    ...(tool ? ["apirisk or its surroundings see differently"] : []),
  ];
  return `upgrade to apirisk ${toolVersion}; ${parts.length === 0 ? "what rules know changed" : parts.join("; ")}. What is new with it may be our doing.`;
}

function standingText(standing: readonly StandingVerdict[], style: Style): string {
  if (standing.length === 0) return "";
  return renderTable(
    [
      { title: "RULE" },
      { title: "SUBJECT", flexible: true },
      { title: "IS" },
      { title: "SINCE" },
      { title: "OTHERWISE UNTIL", priority: 2 },
      { title: "CONFIRMED", priority: 1 },
    ],
    standing.map((one) => [
      one.rule,
      one.subject === "" ? "-" : one.subject,
      one.verdict === "fail" ? { text: `${one.severity ?? "info"}: ${one.outcome}`, tone: one.severity ?? "info" } : one.outcome,
      isoDay(one.since),
      one.otherUntil === null ? "-" : isoDay(one.otherUntil),
      one.unseen ? `${isoDay(one.confirmedAt)}, not since` : isoDay(one.confirmedAt),
    ]),
    style,
  );
}

/** A word for every kind that we know; a later one is printed as it is. */
function kindWords(kind: string): string {
  return CHANGE_WORDS[kind as ChangeKind] ?? EVENT_WORDS[kind as EventKind] ?? kind;
}

function section(title: string, lines: readonly string[], more: number, style: Style): string {
  if (lines.length === 0) return "";
  const items = lines.map((line) => paragraph(line, style, { indent: 2, lead: `${symbol("dot", style)} ` }));
  return [heading(title, style), ...items, ...rest(more, "--json shows all", style)].join("\n");
}

function heading(title: string, style: Style): string {
  return paint(title, "strong", style);
}

function rest(more: number, how: string, style: Style): readonly string[] {
  return more > 0 ? [paragraph(`and ${more} more (${how})`, style, { tone: "faint" })] : [];
}

function blocks(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}

const NAMES = 4;
const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7"] as const;
