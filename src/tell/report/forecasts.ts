import type {
  Confidence,
  CountdownForecast,
  CreepForecast,
  DriftForecast,
  Estimate,
  FateTie,
  IntegrationForecast,
  MannerForecast,
  RecurrenceForecast,
  RenewalForecast,
  RepairForecast,
  SharedFateForecast,
  SurvivalForecast,
} from "../../model/forecast.ts";
import { DAY, HOUR, isoDay, isoInstant, MINUTE } from "../../model/instant.ts";
import { counted, firstOf } from "./prose.ts";

/** One forecast in words: what, how sure, and on how many observations it rests. */
export function forecastWords(forecast: IntegrationForecast): string {
  switch (forecast.question) {
    case "renewal":
      return renewal(forecast);
    case "renewal-manner":
      return manner(forecast);
    case "survival":
      return `${forecast.origin}: ${survivalWords(forecast)}`;
    case "end":
      return countdown(forecast);
    case "oversharing":
      return creep(forecast);
    case "recurrence":
      return recurrence(forecast);
    case "repair":
      return repair(forecast);
    case "drift":
      return drift(forecast);
  }
}

/** "in 12 d: 18 d late"; short enough for a cell. */
export function renewalCell(forecast: RenewalForecast): string {
  const { standing, lateBy, left } = forecast;
  if (standing === "unseen") return `${isoDay(forecast.notAfter)}?`;
  return `${endWords(left)}${lateBy === undefined ? "" : `: ${durationWords(lateBy)} late`}`;
}

export function survivalWords(forecast: SurvivalForecast): string {
  const { left, n, chance, missed } = forecast;
  if (left <= 0) return `the certificate ${endWords(left)} and is still served.`;
  const basis = forecast.basis === "own" ? "of its own" : "of the same issuer";
  const rests = `${counted(n, "certificate")} ${basis} came as close to their end, ${missed} of them reached it`;
  if (chance === undefined) return `the certificate ends ${endWords(left)}; too few came as close to their end to say more (n ${n}).`;
  return `the certificate ends ${endWords(left)}; chance that it is not renewed in time: ${shareWords(chance)}; ${rests}${sureness(forecast)}.`;
}

export function sharedFateWords({ week, ties, integrations, n }: SharedFateForecast): string {
  const names = ties.map(({ tie, name }) => `${TIE_WORDS[tie]} ${tie === "leaf" ? name.slice(0, 12) : name}`);
  return `week of ${isoDay(week)}: ${n} certificates end together: ${firstOf(integrations, NAMES)}; ${firstOf(names, TIES)}`;
}

/** "12 d", "18 h", "40 min": rounded down, so that nothing looks farther away than it is. */
export function durationWords(ms: number): string {
  const length = Math.abs(ms);
  if (length >= 2 * DAY) return `${Math.floor(length / DAY)} d`;
  return length >= 2 * HOUR ? `${Math.floor(length / HOUR)} h` : `${Math.floor(length / MINUTE)} min`;
}

function endWords(left: number): string {
  return left <= 0 ? `ended ${durationWords(left)} ago` : `in ${durationWords(left)}`;
}

function renewal(forecast: RenewalForecast): string {
  const { origin, keyType, issuer, notAfter, left, lateBy, standing, seenAt } = forecast;
  const head = `${origin}: the certificate (${keyType}, by ${issuer}) ${left <= 0 ? "" : "ends "}${endWords(left)}, on ${isoInstant(notAfter)}.`;
  const late = lateBy === undefined ? "" : ` ${durationWords(lateBy)} later than usual.`;
  const unseen = standing === "unseen" ? ` It was seen last at ${isoInstant(seenAt)}: whether it was renewed since is not known.` : "";
  return `${head} ${habitWords(forecast)}${late}${unseen}`;
}

function habitWords({ habit, prior, n, uncertain, confidence }: RenewalForecast): string {
  const aside = uncertain === 0 ? "" : `; ${counted(uncertain, "renewal was", "renewals were")} not seen closely enough to count`;
  if (habit !== undefined) {
    const { value, low, high } = habit.lead;
    return `Usually renewed ${durationWords(value)} (${rangeWords(low, high)}) before the end${sureness({ n, confidence })}${aside}.`;
  }
  const common = prior === undefined ? "" : ` Such certificates are often renewed when ${durationWords(prior.lead)} are left.`;
  return `No habit yet (n ${n})${aside}.${common}`;
}

function manner({ origin, keyType, manner: found, n, signals, confidence }: MannerForecast): string {
  if (found === undefined) return `${origin}: too few renewals to say whether people or programs make them (n ${n}).`;
  const kept = signals.keptKey === undefined ? "" : `, the key kept in ${percentWords(signals.keptKey)}`;
  const spread = `they differ by ${percentWords(signals.deviation)} of the lifetime, ${percentWords(signals.weekdays)} on weekdays${kept}`;
  return `${origin} (${keyType}): renewals look ${MANNER_WORDS[found]}: ${spread}${sureness({ n, confidence })}.`;
}

function countdown({ place, signal, date, left, announcedAt, standing, moved, n }: CountdownForecast): string {
  const what = left <= 0 ? `passed ${durationWords(left)} ago` : `in ${durationWords(left)}`;
  const before = moved.map((one) => isoDay(one.date)).join(", ");
  const moves = moved.length === 0 ? "" : ` Announced before: ${before}.`;
  const withdrawn = standing ? "" : " It is no longer announced.";
  return `${place}: ${signal} on ${isoDay(date)}, ${what}; first announced ${isoDay(announcedAt)} (n ${n}).${moves}${withdrawn}`;
}

function creep({ endpoint, paths, classified, n, perYear, sensitive, confidence }: CreepForecast): string {
  const size = `${endpoint}: ${counted(paths.now, "path")} in the answer (${paths.ever} ever), ${classified.now} of them classified.`;
  const trend =
    perYear === undefined ? `Came later: ${n}; no trend yet.` : `${estimateWords(perYear)} new a year${sureness({ n, confidence })}.`;
  const news = sensitive.map(
    (one) =>
      ` New ${one.class} at ${one.path}, first seen ${isoDay(one.firstAt)}${one.seenBefore === undefined ? "" : ` (not there ${isoDay(one.seenBefore)})`}.`,
  );
  const more = news.length > PATHS ? ` And ${news.length - PATHS} more.` : "";
  return `${size} ${trend}${news.slice(0, PATHS).join("")}${more}`;
}

function recurrence({ n, undated, meanBetween, lastAt, observedMs, confidence }: RecurrenceForecast): string {
  const seen = `in ${durationWords(observedMs)} of sight`;
  const last = `${lastAt === undefined ? "" : `, the last on ${isoDay(lastAt)}`}${undatedWords(undated)}`;
  if (meanBetween === undefined) return `The provider got worse in ${counted(n, "run")} ${seen}${last}: no habit yet (n ${n}).`;
  const { value, low, high } = meanBetween;
  return `The provider gets worse every ${durationWords(value)} (${rangeWords(low, high)}) ${seen}${last}${sureness({ n, confidence })}.`;
}

function repair({ severity, n, censored, median, moreThan, confidence }: RepairForecast): string {
  const open = censored === 0 ? "" : `, ${censored} not repaired yet or ended otherwise`;
  const half = `Half of the ${severity} findings are repaired`;
  if (median !== undefined) return `${half} within ${durationWords(median)}${sureness({ n, confidence })}${open}.`;
  if (moreThan !== undefined) return `${half} after more than ${durationWords(moreThan)}${sureness({ n, confidence })}${open}.`;
  return `Time to repair of ${severity} findings: no habit yet (n ${n}${open}).`;
}

function drift({ what, n, undated, perQuarter, lastAt, observedMs, confidence }: DriftForecast): string {
  const [name, verb] = what === "tls" ? ["TLS configuration", "changes"] : ["response headers", "change"];
  const last = `${lastAt === undefined ? "" : `, the last on ${isoDay(lastAt)}`}${undatedWords(undated)}`;
  if (perQuarter === undefined)
    return `The ${name} showed ${n === 0 ? "nothing" : `something ${counted(n, "time")}`} that was never seen before in ${durationWords(observedMs)} of sight${last}: no habit yet (n ${n}).`;
  return `The ${name} ${verb} ${estimateWords(perQuarter)} times a quarter, unannounced${last}${sureness({ n, confidence })}.`;
}

function undatedWords(undated: number): string {
  return undated === 0 ? "" : ` (and ${counted(undated, "time")} while nobody looked)`;
}

function sureness({ n, confidence }: { readonly n: number; readonly confidence: Confidence }): string {
  return ` (n ${n}, confidence ${confidence})`;
}

function rangeWords(low: number, high: number): string {
  const [from, to] = [low, high].map((ms) => (ms < 0 ? `${durationWords(ms)} after` : durationWords(ms)));
  return `${from} to ${to}`;
}

function estimateWords({ value, low, high }: Estimate): string {
  return `${decimal(value)} (${decimal(low)} to ${decimal(high)})`;
}

function shareWords({ value, low, high }: Estimate): string {
  return `${percentWords(value)} (${percentWords(low)} to ${percentWords(high)})`;
}

function percentWords(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function decimal(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

const TIE_WORDS: Readonly<Record<FateTie, string>> = {
  leaf: "the same certificate",
  address: "the same address",
  issuer: "the same issuer",
};
const MANNER_WORDS: Readonly<Record<NonNullable<MannerForecast["manner"]>, string>> = {
  automatic: "automatic",
  manual: "manual, which is a risk",
  unclear: "neither surely automatic nor surely manual",
};
const NAMES = 6;
const TIES = 2;
const PATHS = 5;
