import { describe, expect, it } from "vitest";
import type { RenewalForecast } from "../../../../src/model/forecast.ts";
import { DAY, HOUR } from "../../../../src/model/instant.ts";
import { seriesOf } from "../../../../src/remember/changes/forecast/lineage.ts";
import { renewalForecast } from "../../../../src/remember/changes/forecast/renewal-habit.ts";
import { type Certificate, chain, type Habit, onlySeries, START, sightingsIn, watched } from "./nights.ts";

describe("renewal habit", () => {
  it.each([
    ["24 hours, looked at every hour", { lifetime: 24 * HOUR, leads: Array<number>(9).fill(8 * HOUR) }, HOUR],
    ["47 days", { lifetime: 47 * DAY, leads: Array<number>(6).fill(16 * DAY) }, DAY],
    ["90 days", { lifetime: 90 * DAY, leads: Array<number>(5).fill(30 * DAY) }, DAY],
    ["398 days", { lifetime: 398 * DAY, leads: [31, 35, 29].map((days) => days * DAY) }, DAY],
  ] as const)("is the same question for %s: early, then due, then late, then ended", (_, habit: Habit, every) => {
    const certificates = chain(habit);
    const last = certificates.at(-1);
    if (last === undefined) throw new Error("no certificate");
    const lead = habit.leads[0] ?? 0;
    const standingAt = (left: number) => forecastAt(certificates, last.notAfter - left, every)?.standing;
    expect(standingAt(lead + habit.lifetime / 8)).toBe("early");
    expect(standingAt(lead)).toBe("due");
    expect(standingAt(lead * 0.2)).toBe("late");
    expect(standingAt(0)).toBe("ended");
    expect(standingAt(-lead)).toBe("ended");
  });

  it("says 30 d (29 to 31) before the end; 12 d left: 18 d late", () => {
    const certificates = chain({ lifetime: 90 * DAY, leads: [30, 31, 30, 29, 30, 30, 31, 30].map((days) => days * DAY) });
    const forecast = forecastAt(certificates, (certificates.at(-1)?.notAfter ?? 0) - 12 * DAY);
    expect(forecast).toMatchObject({ n: 8, confidence: "medium", standing: "late", left: 12 * DAY, uncertain: 0 });
    expect(Math.round((forecast?.habit?.lead.value ?? 0) / DAY)).toBe(30);
    expect(Math.round((forecast?.habit?.lead.low ?? 0) / DAY)).toBe(29);
    expect(Math.round((forecast?.habit?.lead.high ?? 0) / DAY)).toBe(31);
    expect(Math.round((forecast?.lateBy ?? 0) / DAY)).toBe(18);
  });

  it("takes the habit along when the lifetime changes: a third of 398 days is a third of 47", () => {
    const long = chain({ lifetime: 90 * DAY, leads: [30, 30, 30].map((days) => days * DAY) });
    const end = long.at(-1)?.notAfter ?? 0;
    const short = { name: "short", from: end - 30 * DAY, notBefore: end - 30 * DAY - HOUR, notAfter: end + 17 * DAY };
    const forecast = forecastAt([...long, short], short.notAfter - 15 * DAY);
    expect(forecast?.standing).toBe("due");
    expect(Math.round((forecast?.habit?.lead.value ?? 0) / DAY)).toBe(16);
  });

  it("has no habit below three renewals, says what is common instead, and is never late by that", () => {
    const certificates = chain({ lifetime: 90 * DAY, leads: [30 * DAY, 30 * DAY] });
    const forecast = forecastAt(certificates, (certificates.at(-1)?.notAfter ?? 0) - DAY);
    expect(forecast).toMatchObject({ n: 2, confidence: "none", standing: "unknown", prior: { lead: 30 * DAY } });
    expect(forecast).not.toHaveProperty("habit");
    expect(forecast).not.toHaveProperty("lateBy");
  });

  it("has no prior for certificates that are bought", () => {
    const certificates = chain({ lifetime: 398 * DAY, leads: [] });
    expect(forecastAt(certificates, START + 30 * DAY)).not.toHaveProperty("prior");
  });

  it("does not move a habit by a renewal that happened while we were blind", () => {
    const certificates = chain({ lifetime: 90 * DAY, leads: Array<number>(5).fill(30 * DAY) });
    const third = certificates[3]?.from ?? 0;
    const blind = (at: number) => at > third - 3 * DAY && at < third + 20 * DAY;
    const until = (certificates.at(-1)?.from ?? 0) + 10 * DAY;
    const forecast = forecastAt(certificates, until, DAY, blind);
    expect(forecast).toMatchObject({ n: 4, uncertain: 1, standing: "early" });
    expect(Math.round((forecast?.habit?.lead.value ?? 0) / DAY)).toBe(30);
  });

  it("keeps the interval of an outage of ours: from the last sight of the old one to the first of the new one", () => {
    const certificates = chain({ lifetime: 90 * DAY, leads: [30 * DAY] });
    const change = certificates[1]?.from ?? 0;
    const nights = watched(certificates, change + 30 * DAY, { blind: (at) => at > change - 5 * DAY && at < change + 7 * DAY });
    const [renewal] = onlySeries(nights).renewals;
    expect(renewal?.earliest).toBeLessThanOrEqual(change);
    expect(renewal?.latest).toBeGreaterThanOrEqual(change + 6 * DAY);
  });

  it("says of one that had ended when it was put up that it has ended, and not when the one before it would", () => {
    const good = { name: "good", notBefore: START - DAY, notAfter: START + 60 * DAY };
    const over = { name: "over", notBefore: START - 90 * DAY, notAfter: START - 30 * DAY };
    const night = (day: number, served: Certificate) => ({ at: START + day * DAY, served: [served] });
    expect(onlySeries([night(0, good), night(1, over)]).current?.notAfter).toBe(over.notAfter);
    expect(onlySeries([night(0, good), night(1, over), night(2, good)]).current?.notAfter).toBe(good.notAfter);
  });

  it("does not call late what it has not seen lately", () => {
    const certificates = chain({ lifetime: 90 * DAY, leads: Array<number>(5).fill(30 * DAY) });
    const nights = watched(certificates, (certificates.at(-1)?.from ?? 0) + DAY);
    const forecast = renewalForecast(onlySeries(nights), (certificates.at(-1)?.notAfter ?? 0) - DAY);
    expect(forecast?.standing).toBe("unseen");
    expect(forecast).not.toHaveProperty("lateBy");
  });

  it("says that it looks too seldom: a day's certificate, looked at once a day", () => {
    const certificates = chain({ lifetime: 24 * HOUR, leads: Array<number>(20).fill(8 * HOUR) });
    const forecast = forecastAt(certificates, (certificates.at(-1)?.from ?? 0) + HOUR);
    expect(forecast).toMatchObject({ n: 0, confidence: "none" });
    expect(forecast?.uncertain).toBeGreaterThan(8);
  });
});

describe("what is no renewal", () => {
  const [old, young] = chain({ lifetime: 90 * DAY, leads: [30 * DAY] });
  if (old === undefined || young === undefined) throw new Error("no certificates");
  const rollOut = young.from;

  it("old and new certificates that alternate in a roll-out count once", () => {
    const nights = watched([old], rollOut + 20 * DAY).map((night, index) =>
      night.at < rollOut || (night.at < rollOut + 10 * DAY && index % 2 === 0) ? night : { ...night, served: [young] },
    );
    expect(onlySeries(nights).renewals).toHaveLength(1);
  });

  it("addresses that change one after the other count once, and so do copies for every edge", () => {
    const copy: Certificate = { ...young, name: "copy", notBefore: young.notBefore + DAY, notAfter: young.notAfter + DAY };
    const nights = watched([old], rollOut + 20 * DAY).map((night) => ({
      ...night,
      served: [night.at < rollOut ? old : young, night.at < rollOut + 3 * DAY ? old : copy],
    }));
    expect(onlySeries(nights).renewals).toHaveLength(1);
  });

  it("RSA beside ECDSA are two series, each with its own renewals", () => {
    const rsa = chain({ lifetime: 90 * DAY, leads: [30 * DAY], of: { keyType: "rsa", name: "rsa" } });
    const until = rollOut + 10 * DAY;
    const both = [...watched([old, young], until), ...watched(rsa, until)];
    const series = seriesOf(sightingsIn(merge(both)));
    expect(series.map(({ keyType }) => keyType)).toEqual(["ec", "rsa"]);
    expect(series.map((one) => one.renewals.length)).toEqual([1, 1]);
  });

  it("two certificates that alternate behind one address, each renewed by its own, keep their own leads", () => {
    const other = chain({ lifetime: 90 * DAY, leads: [30 * DAY, 30 * DAY], of: { name: "other" } }).map((one, index) => ({
      ...one,
      name: `other${index}`,
      from: one.from + 25 * DAY,
      notBefore: one.notBefore + 25 * DAY,
      notAfter: one.notAfter + 25 * DAY,
    }));
    const first = { ...(other[0] as (typeof other)[number]), from: START, notBefore: START - 20 * DAY };
    const main = chain({ lifetime: 90 * DAY, leads: [30 * DAY, 30 * DAY] });
    const until = START + 170 * DAY;
    const nights = merge([...watched(main, until), ...watched([first, ...other.slice(1)], until)]);
    const leads = onlySeries(nights).renewals.map(({ lead }) => Math.round(lead / DAY));
    expect(leads).toEqual([30, 30, 30, 30]);
  });

  it("a certificate that was there all along, and one that ends no later", () => {
    const earlier: Certificate = { name: "earlier", notBefore: old.notBefore - 50 * DAY, notAfter: old.notAfter - 50 * DAY };
    const longer: Certificate = { name: "longer", notBefore: old.notBefore - 10 * DAY, notAfter: old.notAfter + 10 * DAY };
    const nights = watched([old], START + 40 * DAY).map((night, index) => ({
      ...night,
      served: [[old, earlier, longer][index % 3] ?? old],
    }));
    expect(onlySeries(nights).renewals).toEqual([]);
  });

  it("a stranger's certificate for a night, which neither continues the series nor stays", () => {
    const stranger: Certificate = { name: "portal", notBefore: rollOut - DAY, notAfter: rollOut + 1000 * DAY, trusted: false };
    const nights = watched([old], START + 50 * DAY).map((night, index) => (index === 20 ? { ...night, served: [stranger] } : night));
    const series = seriesOf(sightingsIn(nights));
    expect(series.map((one) => one.renewals.length)).toEqual([0, 0]);
    const served = series.flatMap((one) => renewalForecast(one, START + 50 * DAY) ?? []);
    expect(served.map(({ notAfter }) => notAfter)).toEqual([old.notAfter]);
  });

  it("a certificate of which the period is impossible", () => {
    expect(seriesOf(sightingsIn([{ at: START, served: [{ name: "x", notBefore: START, notAfter: START - DAY }] }]))).toEqual([]);
  });

  it("an old certificate that is served again, which is then the one that ends", () => {
    const nights = watched([old, young], rollOut + 25 * DAY).map((night) =>
      night.at > rollOut + 5 * DAY ? { ...night, served: [old] } : night,
    );
    const forecast = renewalForecast(onlySeries(nights), rollOut + 25 * DAY);
    expect(forecast?.notAfter).toBe(old.notAfter);
  });
});

function forecastAt(
  certificates: readonly (Certificate & { readonly from: number })[],
  now: number,
  every = DAY,
  blind: (at: number) => boolean = () => false,
): RenewalForecast | undefined {
  const nights = watched(certificates, now, { every, blind });
  return renewalForecast(onlySeries(nights), now);
}

function merge(nights: ReturnType<typeof watched>): ReturnType<typeof watched> {
  const byTime = new Map<number, Certificate[]>();
  for (const { at, served } of nights) byTime.set(at, [...(byTime.get(at) ?? []), ...served]);
  return [...byTime].map(([at, served]) => ({ at, served }));
}
