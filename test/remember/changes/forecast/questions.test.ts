import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../../src/model/instant.ts";
import { countdowns } from "../../../../src/remember/changes/forecast/countdown.ts";
import { driftForecast } from "../../../../src/remember/changes/forecast/drift.ts";
import { seriesOf } from "../../../../src/remember/changes/forecast/lineage.ts";
import { creepForecasts } from "../../../../src/remember/changes/forecast/oversharing-creep.ts";
import { type FindingStep, recurrenceForecast, repairForecasts } from "../../../../src/remember/changes/forecast/recurrence.ts";
import { mannerForecast } from "../../../../src/remember/changes/forecast/renewal-manner.ts";
import { sharedFates, weekOf } from "../../../../src/remember/changes/forecast/shared-fate.ts";
import { sightGaps, sightOf } from "../../../../src/remember/changes/forecast/sight.ts";
import { standingVerdicts } from "../../../../src/remember/changes/forecast/standing.ts";
import { survivalForecasts } from "../../../../src/remember/changes/forecast/survival.ts";
import { chain, type Habit, onlySeries, START, sightingsIn, watched } from "./nights.ts";

const YEAR = 365 * DAY;

function seriesWith(habit: Habit, after = DAY) {
  const certificates = chain(habit);
  return onlySeries(watched(certificates, (certificates.at(-1)?.from ?? START) + after));
}

describe("manner of renewal", () => {
  it("is automatic where the distance from the end is always the same, on whatever day", () => {
    const forecast = mannerForecast(seriesWith({ lifetime: 90 * DAY, leads: Array<number>(6).fill(31 * DAY) }));
    expect(forecast).toMatchObject({ manner: "automatic", n: 6, signals: { deviation: 0, keptKey: 0 } });
  });

  it("is manual where it varies and always falls on a working day's daytime", () => {
    // START is a Wednesday, 03:00; noon is nine hours later, and every lead moves the next one to a weekday.
    const leads = [20, 37, 9, 30, 16].map((days) => days * DAY);
    const certificates = chain({ lifetime: 364 * DAY, leads, of: { key: "the same" } }).map((one) => ({
      ...one,
      from: toWorkingDay(one.from),
      notBefore: toWorkingDay(one.notBefore),
    }));
    const forecast = mannerForecast(onlySeries(watched(certificates, (certificates.at(-1)?.from ?? 0) + DAY)));
    expect(forecast?.signals).toMatchObject({ weekdays: 1, daytime: 1, keptKey: 1 });
    expect(forecast?.manner).toBe("manual");
  });

  it("is not judged below four renewals, and not at all without one", () => {
    const forecast = mannerForecast(seriesWith({ lifetime: 90 * DAY, leads: Array<number>(3).fill(30 * DAY) }));
    expect(forecast).toMatchObject({ n: 3, confidence: "none" });
    expect(forecast).not.toHaveProperty("manner");
    expect(mannerForecast(seriesWith({ lifetime: 90 * DAY, leads: [] }))).toBeUndefined();
  });
});

describe("survival", () => {
  const now = (habit: Habit, left: number) => (chain(habit).at(-1)?.notAfter ?? 0) - left;

  it("ranks first what misses its end: a certificate that never was late comes after one that often is", () => {
    const good = { lifetime: 90 * DAY, leads: Array<number>(6).fill(20 * DAY) };
    const bad = { lifetime: 90 * DAY, leads: [-3, 43, -4, 42, -2, 44].map((days) => days * DAY) };
    const series = [good, bad].map((habit) => seriesWith(habit, 62 * DAY));
    const fleet = series.flatMap((one, index) => [{ integration: index === 0 ? "good" : "bad", series: one }]);
    const forecasts = survivalForecasts(fleet, now(good, 28 * DAY));
    expect(forecasts.map(({ integration }) => integration)).toEqual(["bad", "good"]);
    expect(forecasts[0]).toMatchObject({ basis: "own", n: 3, missed: 3 });
    expect(forecasts[1]).toMatchObject({ basis: "own", n: 6, missed: 0 });
  });

  it("asks those of the same issuer where its own history says too little, and says nothing where they do, too", () => {
    const young = { lifetime: 90 * DAY, leads: [] };
    const at = now(young, 20 * DAY);
    const alone = { integration: "young", series: seriesWith(young, 69 * DAY) };
    const others = { integration: "old", series: seriesWith({ lifetime: 90 * DAY, leads: Array<number>(5).fill(10 * DAY) }) };
    expect(survivalForecasts([alone], at)[0]).toMatchObject({ n: 0, confidence: "none" });
    expect(survivalForecasts([alone], at)[0]).not.toHaveProperty("chance");
    expect(survivalForecasts([alone, others], at)[0]).toMatchObject({ integration: "young", basis: "issuer", n: 5, missed: 0 });
  });

  it("counts nothing that happened around an end while we were blind", () => {
    const certificates = chain({ lifetime: 90 * DAY, leads: Array<number>(4).fill(2 * DAY) });
    const nights = watched(certificates, (certificates.at(-1)?.notAfter ?? 0) - 5 * DAY, {
      blind: (at) => certificates.slice(0, 2).some(({ notAfter }) => Math.abs(at - notAfter) < 5 * DAY),
    });
    const [forecast] = survivalForecasts([{ integration: "acme", series: onlySeries(nights) }], nights.at(-1)?.at ?? 0);
    expect(forecast).toMatchObject({ n: 2, missed: 0 });
  });
});

describe("shared fate", () => {
  it("finds weeks in which certificates end together, the closest tie first, and the same integrations once", () => {
    const [series] = seriesOf(sightingsIn(watched(chain({ lifetime: 90 * DAY, leads: [] }), START)));
    const certificate = series?.certificates[0];
    if (certificate === undefined) throw new Error("no certificate");
    const served = ["a", "b", "c"].map((integration) => ({
      integration,
      certificate: integration === "c" ? { ...certificate, sha256: "ff", notAfter: certificate.notAfter + HOUR } : certificate,
      addresses: integration === "c" ? ["192.0.2.3"] : ["192.0.2.1"],
    }));
    const fates = sharedFates(served, START);
    expect(fates.map(({ integrations, ties }) => [integrations.join(), ties.map(({ tie }) => tie).join()])).toEqual([
      ["a,b,c", "issuer"],
      ["a,b", "leaf,address"],
    ]);
    expect(new Date(fates[0]?.week ?? 0).getUTCDay()).toBe(1);
    expect(sharedFates(served, certificate.notAfter + DAY)).toEqual([]);
  });

  it("counts weeks from Monday 00:00 UTC", () => {
    const monday = Date.UTC(2026, 10, 23);
    expect([monday, monday + 7 * DAY - 1, monday + 7 * DAY].map(weekOf)).toEqual([monday, monday, monday + 7 * DAY]);
  });
});

describe("oversharing creep", () => {
  const path = (name: string, day: number, over: object = {}) => ({
    endpoint: "list",
    path: name,
    firstAt: START + day * DAY,
    lastAt: START + 400 * DAY,
    ...(day === 0 ? {} : { seenBefore: START + (day - 1) * DAY }),
    ...over,
  });

  it("tells a sensitive path that came later, with the last look without it", () => {
    const [forecast] = creepForecasts(
      [path("$.id", 0), path("$.user.email", 300), path("$.user.email", 300, { class: "email", sensitive: true })],
      [],
    );
    expect(forecast).toMatchObject({ n: 1, confidence: "none", paths: { ever: 2, now: 2 }, classified: { ever: 1, now: 1 } });
    expect(forecast?.sensitive).toMatchObject([{ path: "$.user.email", firstAt: START + 300 * DAY, seenBefore: START + 299 * DAY }]);
    expect(forecast).not.toHaveProperty("perYear");
  });

  it("does not blame the provider for what the first answers left out, or for what our better eyes saw", () => {
    const early = path("$.optional", 5, { class: "email", sensitive: true });
    const ours = path("$.old", 200, { class: "phone", sensitive: true });
    const [forecast] = creepForecasts([path("$.id", 0), early, ours], [START + 200 * DAY]);
    expect(forecast).toMatchObject({ n: 0, sensitive: [] });
  });

  it("has a trend from three on", () => {
    const [forecast] = creepForecasts([path("$.id", 0), ...[100, 200, 300].map((day) => path(`$.p${day}`, day))], []);
    expect(forecast?.n).toBe(3);
    expect(forecast?.perYear?.value).toBeCloseTo(2.84, 1);
  });
});

describe("countdown", () => {
  const said = (date: number, from: number, to: number) => ({
    place: "list",
    signal: "sunset",
    date,
    firstAt: from,
    lastAt: to,
    placeSeenAt: START + 60 * DAY,
  });

  it("counts down to the date that was said last, and notes what it moved from", () => {
    const [forecast] = countdowns(
      [said(START + 90 * DAY, START, START + 20 * DAY), said(START + 190 * DAY, START + 21 * DAY, START + 60 * DAY)],
      START + 60 * DAY,
    );
    expect(forecast).toMatchObject({
      date: START + 190 * DAY,
      left: 130 * DAY,
      announcedAt: START + 21 * DAY,
      n: 2,
      confidence: "medium",
      standing: true,
      moved: [{ date: START + 90 * DAY }],
    });
  });

  it("says when it is no longer announced", () => {
    expect(countdowns([said(START + 90 * DAY, START, START + 20 * DAY)], START + 60 * DAY)[0]).toMatchObject({
      standing: false,
      moved: [],
    });
  });
});

describe("recurrence and repair", () => {
  const step = (kind: string, day: number, over: Partial<FindingStep> = {}): FindingStep => ({
    at: START + day * DAY,
    run: `run-${day}`,
    fingerprint: "f",
    kind,
    cause: "target",
    severity: "high",
    ...over,
  });

  it("counts the runs in which the provider got worse: one root cause is one, and our own doing is none", () => {
    const steps = [
      step("new", 10),
      step("new", 10, { fingerprint: "g" }),
      step("worse", 100),
      step("reopened", 200),
      step("new", 250, { cause: "tool" }),
      step("newly-detected", 260, { cause: "rules" }),
      step("resolved", 270),
    ];
    const forecast = recurrenceForecast(steps, inSight(YEAR));
    expect(forecast).toMatchObject({ n: 3, confidence: "low", lastAt: START + 200 * DAY });
    expect(forecast.meanBetween?.value).toBeCloseTo(YEAR / 3, -6);
    expect(recurrenceForecast(steps.slice(0, 3), inSight(YEAR))).not.toHaveProperty("perYear");
  });

  it("puts no date on what was found after a time of not looking", () => {
    const steps = [step("new", 10), step("worse", 100), step("reopened", 200), step("new", 300)];
    expect(recurrenceForecast(steps, inSight(YEAR, [START + 200 * DAY]))).toMatchObject({ n: 3, undated: 1 });
  });

  it("measures repair per severity, and keeps the open ones", () => {
    const repaired = [5, 10, 15].flatMap((days, index) => [
      step("opened", 0, { fingerprint: `r${index}` }),
      step("resolved", days, { fingerprint: `r${index}` }),
    ]);
    const open = [1, 2].map((index) => step("new", 0, { fingerprint: `o${index}` }));
    expect(repairForecasts(repaired, START + 100 * DAY)).toMatchObject([{ severity: "high", n: 3, censored: 0, median: 10 * DAY }]);
    expect(repairForecasts([...repaired, ...open], START + 100 * DAY)).toMatchObject([{ n: 3, censored: 2, median: 15 * DAY }]);
    const many = Array.from({ length: 9 }, (_, index) => step("new", 0, { fingerprint: `m${index}` }));
    expect(repairForecasts([...repaired, ...many], START + 100 * DAY)).toMatchObject([{ n: 3, censored: 9, moreThan: 100 * DAY }]);
  });

  it("does not take for a repair what our rules or configuration ended, and counts the worst severity", () => {
    const steps = [
      step("new", 0, { severity: "low" }),
      step("worse", 5, { severity: "critical" }),
      step("resolved", 9, { cause: "rules" }),
    ];
    expect(repairForecasts(steps, START + 100 * DAY)).toMatchObject([{ severity: "critical", n: 0, censored: 1 }]);
  });
});

describe("drift", () => {
  const state = (day: number, place = "origin") => ({
    place,
    firstAt: START + day * DAY,
    lastAt: START + 700 * DAY,
    ...(day === 0 ? {} : { seenBefore: START + (day - 1) * DAY }),
  });

  it("counts new states after the first days, not what our own upgrade brought, and what comes together once", () => {
    const states = [state(0), state(3), state(100), state(100), state(200), state(300), state(400), state(500)];
    const forecast = driftForecast("tls", states, [START + 300 * DAY], inSight(2 * YEAR));
    expect(forecast).toMatchObject({ n: 4, what: "tls", lastAt: START + 500 * DAY });
    expect(forecast?.perQuarter?.value).toBeCloseTo(0.5, 1);
  });

  it("counts no change that was found after a time of not looking", () => {
    expect(driftForecast("headers", [state(0), state(100), state(200)], [], inSight(YEAR, [START + 200 * DAY]))).toMatchObject({
      n: 1,
      undated: 1,
    });
  });

  it("says nothing where nothing was seen", () => {
    expect(driftForecast("tls", [], [], inSight(YEAR))).toBeUndefined();
  });
});

describe("sight", () => {
  const looks = (text: string) => [...text].flatMap((mark, day) => (mark === " " ? [] : [{ at: START + day * DAY, seen: mark === "x" }]));

  it("a gap lasts from the last sight before to the first after it", () => {
    expect(sightGaps(looks("xx--x"))).toEqual([{ from: START + DAY, to: START + 4 * DAY }]);
    expect(sightGaps(looks("--xx"))).toEqual([{ to: START + 2 * DAY }]);
    expect(sightGaps(looks("xx-"))).toEqual([{ from: START + DAY }]);
    expect(sightGaps(looks("xxxx"))).toEqual([]);
  });

  it("nights in which nobody looked are a gap where they are many more than usual", () => {
    expect(sightGaps(looks("xxxx xxx"))).toEqual([]);
    expect(sightGaps(looks("xxxx         xxx"))).toEqual([{ from: START + 3 * DAY, to: START + 13 * DAY }]);
  });

  it("time in sight leaves the gaps out", () => {
    expect(sightOf(looks("xx--xx"))).toEqual({ observedMs: 2 * DAY, afterGaps: new Set([START + 4 * DAY]) });
    expect(sightOf([])).toEqual({ observedMs: 0, afterGaps: new Set() });
  });
});

describe("what is true since when", () => {
  const span = (verdict: "pass" | "fail" | "unobserved", from: number, to: number, over: object = {}) => ({
    rule: "certificate/expired",
    subject: "leaf",
    verdict,
    outcome: verdict,
    firstAt: START + from * DAY,
    lastAt: START + to * DAY,
    ...over,
  });

  it("goes back over blind nights and over new evidence for the same outcome, to the first that said so", () => {
    const spans = [span("pass", 0, 3), span("fail", 5, 6), span("unobserved", 7, 8), span("fail", 9, 10), span("unobserved", 11, 12)];
    expect(standingVerdicts(spans)).toEqual([
      {
        rule: "certificate/expired",
        subject: "leaf",
        verdict: "fail",
        outcome: "fail",
        since: START + 5 * DAY,
        otherUntil: START + 3 * DAY,
        confirmedAt: START + 10 * DAY,
        unseen: true,
      },
    ]);
  });

  it("leaves out a subject that its rule stopped listing, and one that was never answered; failures come first", () => {
    const gone = span("fail", 0, 3, { subject: "gone", severity: "critical" });
    const never = span("unobserved", 0, 9, { subject: "never" });
    const low = span("fail", 0, 9, { subject: "low", severity: "low" });
    const high = span("fail", 0, 9, { subject: "zz", severity: "high" });
    expect(standingVerdicts([gone, never, span("pass", 0, 9), low, high]).map(({ subject }) => subject)).toEqual(["zz", "low", "leaf"]);
  });
});

function inSight(observedMs: number, afterGaps: readonly number[] = []) {
  return { observedMs, afterGaps: new Set(afterGaps) };
}

/** The next Monday to Friday, at noon. */
function toWorkingDay(instant: number): number {
  const noon = Math.floor(instant / DAY) * DAY + 12 * HOUR;
  const day = new Date(noon).getUTCDay();
  return noon + (day === 6 ? 2 : day === 0 ? 1 : 0) * DAY;
}
