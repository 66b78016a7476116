import { type Cause, type ChangeKind, isRegression } from "../../../model/finding.ts";
import { LEAST_FOR_A_HABIT, type RecurrenceForecast, type RepairForecast } from "../../../model/forecast.ts";
import { DAY, type Instant } from "../../../model/instant.ts";
import { SEVERITIES, type Severity, severityRank } from "../../../model/severity.ts";
import type { Sight } from "./sight.ts";
import { confidenceOf, type Duration, medianDuration, rateOf } from "./statistics.ts";

/** An event of a finding, as far as a forecast needs it. */
export interface FindingStep {
  readonly at: Instant;
  readonly run?: string;
  readonly fingerprint: string;
  /** "opened", or a kind of change; others are passed over. */
  readonly kind: string;
  readonly cause?: string;
  /** After the event. */
  readonly severity?: Severity;
}

/** How often the provider gets worse. What got worse in one run is one occurrence: a root cause has many findings. */
export function recurrenceForecast(steps: readonly FindingStep[], { observedMs, afterGaps }: Sight): RecurrenceForecast {
  const regressions = steps.filter(({ kind, cause }) => isRegression({ kind: kind as ChangeKind, cause: cause as Cause }));
  const dated = regressions.filter(({ at }) => !afterGaps.has(at));
  const n = runsOf(dated);
  const lastAt = dated.reduce<Instant | undefined>((last, { at }) => Math.max(last ?? at, at), undefined);
  return {
    question: "recurrence",
    n,
    confidence: confidenceOf(n),
    undated: runsOf(regressions) - n,
    observedMs,
    ...(lastAt === undefined ? {} : { lastAt }),
    ...(n < LEAST_FOR_A_HABIT || observedMs <= 0 ? {} : ratesOf(n, observedMs)),
  };
}

function runsOf(steps: readonly FindingStep[]): number {
  return new Set(steps.map(({ run, at }) => run ?? String(at))).size;
}

/** How long findings stand until the provider mends them, per severity, the worst first. Open ones count for as long as they stand. */
export function repairForecasts(steps: readonly FindingStep[], now: Instant): readonly RepairForecast[] {
  const standings = standingsOf(steps, now);
  return SEVERITIES.flatMap((severity) => {
    const alike = standings.filter((standing) => standing.severity === severity);
    return alike.length === 0 ? [] : [repairForecast(severity, alike)];
  });
}

interface Standing extends Duration {
  readonly severity: Severity;
}

function repairForecast(severity: Severity, standings: readonly Standing[]): RepairForecast {
  const n = standings.filter(({ ended }) => ended).length;
  const base = { question: "repair", n, confidence: confidenceOf(n), severity, censored: standings.length - n } as const;
  if (n < LEAST_FOR_A_HABIT) return base;
  const median = medianDuration(standings);
  return median === undefined ? { ...base, moreThan: Math.max(...standings.map(({ ms }) => ms)) } : { ...base, median };
}

/** From each opening to its repair. A severity that rose in between counts as the worst. */
function standingsOf(steps: readonly FindingStep[], now: Instant): readonly Standing[] {
  const open = new Map<string, { readonly at: Instant; readonly severity: Severity }>();
  const standings: Standing[] = [];
  for (const step of [...steps].sort((a, b) => a.at - b.at)) {
    const known = open.get(step.fingerprint);
    const severity = worst(known?.severity, step.severity);
    if (OPENING.has(step.kind) && known === undefined && severity !== undefined) open.set(step.fingerprint, { at: step.at, severity });
    if (known === undefined || severity === undefined) continue;
    if (!ENDING.has(step.kind)) {
      if (step.kind === "worse") open.set(step.fingerprint, { at: known.at, severity });
      continue;
    }
    standings.push({ severity: known.severity, ms: step.at - known.at, ended: step.kind === "resolved" && step.cause === "target" });
    open.delete(step.fingerprint);
  }
  return [...standings, ...[...open.values()].map(({ at, severity }) => ({ severity, ms: now - at, ended: false }))];
}

function worst(one: Severity | undefined, other: Severity | undefined): Severity | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return severityRank(one) >= severityRank(other) ? one : other;
}

function ratesOf(n: number, observedMs: number): Pick<RecurrenceForecast, "perYear" | "meanBetween"> {
  const perYear = rateOf(n, observedMs / YEAR);
  return { perYear, meanBetween: { value: YEAR / perYear.value, low: YEAR / perYear.high, high: YEAR / perYear.low } };
}

const OPENING: ReadonlySet<string> = new Set(["opened", "new", "reopened", "newly-detected"]);
const ENDING: ReadonlySet<string> = new Set(["resolved", "retired"]);
const YEAR = 365.25 * DAY;
