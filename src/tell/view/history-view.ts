import type { RenewalForecast, SharedFateForecast, SurvivalForecast } from "../../model/forecast.ts";
import type { FleetDocument, FleetRow, IntegrationDocument, StandingVerdict } from "../../model/history.ts";
import { SEVERITIES, type Severity } from "../../model/severity.ts";

/** The fleet's history made ready for print: chosen, ordered and counted here, and nowhere else. */
export interface FleetView {
  readonly rows: readonly FleetRowView[];
  /** Rows that are not shown. */
  readonly more: number;
  readonly late: number;
  readonly ends: readonly SurvivalForecast[];
  readonly moreEnds: number;
  readonly fates: readonly SharedFateForecast[];
  readonly moreFates: number;
}

export interface FleetRowView {
  readonly row: FleetRow;
  /** 0..7 per sample, from the scale of 0 to 100; null where there was no score. */
  readonly trend: readonly (number | null)[];
  readonly open: readonly { readonly severity: Severity; readonly count: number }[];
  /** The renewal that matters most: what is late or ended, else what ends first. */
  readonly renewal: RenewalForecast | null;
}

export function fleetView(document: FleetDocument): FleetView {
  const { ends, sharedFates } = document.forecasts;
  return {
    rows: document.integrations.map(rowView),
    more: document.total - document.integrations.length,
    late: document.integrations.filter(({ late }) => late).length,
    ends: ends.slice(0, LINES),
    moreEnds: Math.max(0, ends.length - LINES),
    fates: sharedFates.slice(0, LINES),
    moreFates: Math.max(0, sharedFates.length - LINES),
  };
}

/** One integration's history made ready for print. */
export interface IntegrationView {
  readonly document: IntegrationDocument;
  /** Entries of the timeline that are not shown. */
  readonly more: number;
  /** Failing now. */
  readonly failing: readonly StandingVerdict[];
  /** Well, and was not always. */
  readonly mended: readonly StandingVerdict[];
  /** Passed ever since the first look, or not applicable. */
  readonly steady: number;
  /** Had passed ever since the first look, or did not apply, when they were answered last: not in the newest audit. */
  readonly unanswered: number;
}

export function integrationView(document: IntegrationDocument): IntegrationView {
  const failing = document.standing.filter(({ verdict }) => verdict === "fail");
  const mended = document.standing.filter(({ verdict, otherUntil }) => verdict === "pass" && otherUntil !== null);
  const others = document.standing.filter((one) => !failing.includes(one) && !mended.includes(one));
  const unanswered = others.filter(({ unseen }) => unseen).length;
  return { document, more: document.total - document.timeline.length, failing, mended, steady: others.length - unanswered, unanswered };
}

function rowView(row: FleetRow): FleetRowView {
  const counts = SEVERITIES.map((severity) => ({ severity, count: row.open[severity] ?? 0 }));
  return {
    row,
    trend: row.scores.map((score) => (score === null ? null : Math.min(TOP, Math.floor((score / 100) * (TOP + 1))))),
    open: counts.filter(({ count }) => count > 0),
    renewal: [...row.renewals].sort((a, b) => urgency(b) - urgency(a) || a.notAfter - b.notAfter)[0] ?? null,
  };
}

function urgency({ standing }: RenewalForecast): number {
  return standing === "ended" ? 2 : standing === "late" ? 1 : 0;
}

/** Highest step of a trend. */
const TOP = 7;
/** Of each list under the table. */
const LINES = 10;
