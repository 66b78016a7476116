import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Backtest } from "../../src/app/backtest.ts";
import type { ReplayedRun } from "../../src/app/replay.ts";
import type { Status } from "../../src/app/status.ts";
import { isRegression } from "../../src/model/finding.ts";
import type { RenewalForecast } from "../../src/model/forecast.ts";
import type { IntegrationDocument } from "../../src/model/history.ts";
import { DAY, isoDay } from "../../src/model/instant.ts";
import type { Report } from "../../src/model/report.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { findFakeTime } from "../lab/support/fake-time.ts";
import { CARD } from "./cast.ts";
import { type Entry, isSilent, logOf, tell } from "./chronicle.ts";
import { type Moment, type Night, play } from "./play.ts";
import { NIGHTS, PLOT } from "./plot.ts";
import { openStage, STORY_KEY, type Stage } from "./stage.ts";

const time = findFakeTime();
if (time === undefined) console.warn("skipped: two years need libfaketime (Debian: faketime)");

/** Asked on the way, by whoever sits at a terminal on that day. */
const asked = {
  inWinter: question("2025-02-01T12:00", (stage) => stage.ask<Status>(["status"])),
  whileFlapping: question("2025-09-14T12:00", (stage) => stage.ask<Report>(["report"])),
  beforeTheUpgrade: question("2026-01-14T12:00", (stage) => stage.ask<Backtest>(["rule", "backtest"], "older")),
  whenLate: question("2026-06-15T12:00", (stage) => stage.ask<IntegrationDocument>(["history", "payments"])),
  withoutVat: question("2026-11-07T12:00", (stage) => stage.ask<Status>(["status"])),
};

/** Identity of every answer is its own moment; what it was is known once the story was played. */
function question<T>(at: string, ask: (stage: Stage) => Promise<T>): Moment & { answer(): T } {
  let answer: T | undefined;
  return {
    at,
    play: async (stage) => {
      answer = await ask(stage);
    },
    answer: () => {
      if (answer === undefined) throw new Error(`nobody asked at ${at}`);
      return answer;
    },
  };
}

describe.skipIf(time === undefined)("two years", { timeout: 120_000 }, () => {
  let stage: Stage;
  let nights: readonly Night[];
  let log: readonly Entry[];

  beforeAll(async () => {
    if (time === undefined) return;
    stage = await openStage({ time, processes: process.env.STORY_PROCESSES === "1" });
    nights = await play(stage, [...PLOT, ...Object.values(asked)], NIGHTS);
    log = logOf(stage.databaseFile);
  }, 1_800_000);
  afterAll(() => stage?.close());

  it("are told as a person would tell them", async () => {
    await expect(tell({ scenes: PLOT, nights, log })).toMatchFileSnapshot("./two-years.golden.txt");
  });

  it("blame each provider for what it did, and nobody for what we did", () => {
    const regressions = log.filter(({ kind, cause }) => isRegression({ kind, cause } as Parameters<typeof isRegression>[0]));
    expect(countBy(regressions, ({ integration }) => integration ?? "")).toEqual({
      edge: 2, // one machine of two, whatever number of turns: its version, and the SHA-1 that comes with it
      hr: 4, // three steps towards the end, and the end
      payments: 7, // a leak, the field that it came in and that this was new, that it went, and three steps towards an end
      rates: 4, // an announcement, and three steps towards it
      shipping: 7, // twice two versions and their SHA-1, and a header
    });
    const ours = log.filter(({ cause }) => cause === "rules" || cause === "config" || cause === "tool");
    expect(new Set(ours.map(({ kind }) => kind))).toEqual(new Set(["newly-detected", "worse", "retired", "resolved", "run-blind"]));
    // That nobody has post-quantum key exchange yet is information, and is told with each of them.
    const ofTheQuietOne = log.filter(({ integration, rule }) => integration === "vat" && rule !== "tls/no-post-quantum");
    expect(ofTheQuietOne.map(({ kind }) => kind)).toEqual(["visibility-lost", "visibility-regained"]);
  });

  it("know nothing of the week in which we were blind", () => {
    const blind = log.filter(({ night }) => night !== null && isoDay(night) >= "2025-08-04" && isoDay(night) <= "2025-08-10");
    expect(countBy(blind, ({ kind }) => kind)).toEqual({ "run-blind": 7 });
    expect(blind.every(({ integration }) => integration === null)).toBe(true);
  });

  it("end every night with the exit code that the scheduler can count on", () => {
    const codes = Object.fromEntries(nights.filter(({ code }) => code !== 0).map(({ at, code }) => [isoDay(at), code]));
    const blind = ["04", "05", "06", "07", "08", "09", "10"].map((on) => [`2025-08-${on}`, 3]);
    expect(codes).toEqual({
      "2025-05-12": 1, // card numbers
      ...Object.fromEntries(blind),
      "2025-10-06": 1, // 30 days to the end of rates
      "2026-02-13": 1, // hr: 18 days left of a year
      "2026-03-03": 1, // hr: ended
      "2026-07-01": 1, // payments: 4 days left of 90
    });
    expect(nights.map(({ signal }) => signal).filter((signal) => signal !== undefined)).toEqual([]);
  });

  it("print something on a night if and only if something happened that people want to know", () => {
    const told = new Set(log.filter(({ kind }) => !QUIET_KINDS.has(kind)).map(({ night }) => isoDay(night ?? 0)));
    const spoke = nights.filter((night) => !isSilent(night)).map(({ at }) => isoDay(at));
    expect(spoke).toEqual(nights.map(({ at }) => isoDay(at)).filter((on) => told.has(on)));
    expect(nights.filter(({ stderr }) => stderr !== "")).toEqual([]);
  });

  it("hold what the backtest said of the upgrade, and not one opening more", () => {
    const { differences, counts } = asked.beforeTheUpgrade.answer();
    const predicted = differences.map(({ kind, integration, rule, subject }) => `${kind} ${integration} ${rule} ${subject}`);
    expect(counts).toMatchObject({ opens: 2, changes: 0, closes: 0, drops: 0, cannotTell: 0 });
    const opened = log.filter(({ night, cause }) => isoDay(night ?? 0) === "2026-01-15" && cause === "rules");
    expect(opened.map(({ integration, rule, subject }) => `opens ${integration} ${rule} ${subject}`)).toEqual(predicted);
    expect(opened.every(({ kind }) => kind === "newly-detected")).toBe(true);
  });

  it("show the upgrades where they happened", async () => {
    const { timeline } = await stage.ask<IntegrationDocument>(["history", "edge", "--limit", "1000"]);
    const upgrades = timeline.flatMap((entry) => (entry.what === "upgrade" ? [entry] : [])).reverse();
    expect(upgrades.map(({ at, tool, rules }) => [isoDay(at), tool, rules.revised])).toEqual([
      ["2026-01-15", false, ["header/version-disclosure"]],
      ["2026-09-21", true, []],
    ]);
  });

  it("say of a renewal that it is late, before a rule can", () => {
    const { forecasts, timeline } = asked.whenLate.answer();
    const renewal = forecasts.find((forecast): forecast is RenewalForecast => forecast.question === "renewal");
    expect(renewal).toMatchObject({ standing: "late", n: 8, uncertain: 0 });
    expect(days(renewal?.habit?.lead.value)).toBeGreaterThanOrEqual(25);
    expect(days(renewal?.lateBy)).toBeGreaterThanOrEqual(6);
    expect(timeline.filter((entry) => entry.what === "event" && entry.rule === "certificate/expiring")).toEqual([]);
  });

  it("say afterwards which renewals were late, where there is a habit, and that there is none where there is not", async () => {
    const renewals = await Promise.all(
      ["payments", "hr"].map(async (id) => {
        const { forecasts } = await stage.ask<IntegrationDocument>(["history", id]);
        return forecasts.find((forecast): forecast is RenewalForecast => forecast.question === "renewal");
      }),
    );
    expect(renewals[0]).toMatchObject({ standing: "early" });
    expect(renewals[1]).toMatchObject({ standing: "unknown", n: 2, confidence: "none" });
    expect(renewals[1]).not.toHaveProperty("habit");
  });

  it("call what comes and goes unstable", () => {
    const edge = asked.whileFlapping.answer().integrations.find(({ id }) => id === "edge");
    expect(edge?.findings.map(({ subject, state }) => [subject, state.label])).toEqual([
      ["tls1.1", "unstable"],
      ["key-exchange", "open"],
      ["signature-schemes", "unstable"],
    ]);
  });

  it("let somebody who asks see what was waived, and who has not been seen", () => {
    expect(asked.inWinter.answer()).toMatchObject({ alive: true, putAside: 2, openFindings: { low: 0 }, unseen: [] });
    const { alive, unseen } = asked.withoutVat.answer();
    expect([alive, unseen.map(({ integration }) => integration)]).toEqual([true, ["vat"]]);
  });

  it("can be judged again by today's rules: what differs is what the upgrade brought, and only before it", async () => {
    const { runs } = await stage.ask<{ runs: readonly ReplayedRun[] }>(["run", "replay", "--from", "2025-12-01", "--integration", "edge"]);
    const differing = runs.filter(({ counts }) => counts.different > 0);
    const differences = differing.flatMap(({ integrations }) => integrations.flatMap((integration) => integration.differences));
    expect(new Set(differences.map(({ rule, why }) => `${rule} ${why}`))).toEqual(new Set(["header/version-disclosure rules"]));
    expect(differing.map(({ startedAt }) => startedAt < "2026-01-15")).toEqual(differing.map(() => true));
    expect(differing.length).toBeGreaterThanOrEqual(6);
    expect(runs.length).toBeGreaterThan(60);
  });

  it("leave a history that is whole", async () => {
    expect(await stage.ask(["run", "verify", "--all"])).toMatchObject({ whole: true, problems: [], events: log.length });
    expect(await stage.ask(["doctor"])).toMatchObject({ ready: true });
    const shown: IntegrationDocument[] = [];
    for (const id of new Set(log.flatMap(({ integration }) => integration ?? [])))
      shown.push(await stage.ask<IntegrationDocument>(["history", id, "--limit", "1000"]));
    const events = shown.flatMap(({ timeline }) => timeline.filter(({ what }) => what === "event"));
    expect(events).toHaveLength(log.filter(({ integration }) => integration !== null).length);
  });

  it("leave no response value and no secret in any file", async () => {
    const files = await stage.contents();
    const secrets = [STORY_KEY, CARD, ...stage.inventor.inventions()];
    expect(secrets).toHaveLength(4);
    expect([...files].flatMap(([file, bytes]) => canariesIn(bytes, secrets).map((sighting) => ({ file, ...sighting })))).toEqual([]);
    expect([...files.keys()].filter((file) => file.endsWith("history.db"))).toHaveLength(1);
  });
});

/** Steps of confirmation, and what the first night or a person wrote down: for those who look it up. */
const QUIET_KINDS: ReadonlySet<string> = new Set(["opened", "clearing", "relapsed", "triage"]);

function countBy<T>(items: readonly T[], key: (item: T) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

function days(milliseconds = Number.NaN): number {
  return milliseconds / DAY;
}
