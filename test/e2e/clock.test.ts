import { execFileSync } from "node:child_process";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { DAY, isoDay } from "../../src/model/instant.ts";
import type { Report } from "../../src/model/report.ts";
import { reportOf, rowsOf, type SmallEstate, smallEstate } from "./support/small-estate.ts";

/**
 * Clocks and calendars (history.md 7, rows 14 and 15), on the real process: libfaketime (Debian's package "faketime") tells it another
 * time of day, and leaves its timers alone.
 */
const IDS = ["first", "second", "third", "fourth"];
const FLAGS = ["--json", "--depth", "quick", "--fail-on", "regression"];
/** A date that no clock can read: nothing gives the time away. */
const TIMELESS = { ...CLEAN.headers, date: "some day" };
const BANNER = { ...TIMELESS, server: "nginx/1.18.0" };

describe.skipIf(!hasFaketime())("a clock that is wrong, and servers that do not say the time", () => {
  let estate: SmallEstate;
  let right: string;

  beforeAll(async () => {
    const until = isoDay(Date.now() + 10 * DAY);
    estate = await smallEstate(IDS, {
      conditions: {
        ...Object.fromEntries(IDS.map((id) => [id, { headers: TIMELESS }])),
        second: { headers: BANNER },
        fourth: { headers: TIMELESS, certificate: "expiring" },
      },
      entry: { waivers: [{ rule: "header/version-disclosure", until, reason: "known", by: "ciso" }] },
    });
    right = join(estate.home, "history.db");
    expect((await estate.audit(FLAGS)).code).toBe(0);
    expect(rowsOf(right, "SELECT 1 FROM finding").length).toBeGreaterThanOrEqual(2);
  }, 300_000);

  afterAll(() => estate?.close());

  it.each([
    ["two days back", "-2d"],
    ["two years ahead", "+730d"],
    ["1970", "1970-01-02 00:00:00"],
  ])(
    "%s: the run is marked and nothing of it is written; no date flips anything, then or when the clock is right again",
    async (_what, clock) => {
      const file = join(estate.home, `${clock.slice(0, 4)}.db`);
      await copyFile(right, file);
      const before = contentOf(file);
      const wrong = await estate.audit([...FLAGS, "--db", file], at(clock));
      const report = reportOf(wrong);
      expect([wrong.code, report.run.status, report.gate.reasons]).toEqual([3, "partial", ["the time in doubt"]]);
      expect(report.notices.filter((text) => text.startsWith("The time is in doubt: this machine's clock says"))).toHaveLength(1);
      expect([report.changes, report.events]).toEqual([[], []]);
      expect(contentOf(file)).toEqual(before);
      expect(rowsOf(file, "SELECT clock_suspect FROM run ORDER BY id")).toEqual([{ clock_suspect: 0 }, { clock_suspect: 1 }]);
      expect(rowsOf(file, "SELECT kind, cause FROM event WHERE run_id = 2")).toEqual([{ kind: "clock-suspect", cause: "tool" }]);
      expect(rowsOf(file, "SELECT dedup_key FROM alert WHERE dedup_key LIKE '%:clock-suspect'")).toHaveLength(1);

      const back = await estate.audit([...FLAGS, "--db", file]);
      expect([back.code, reportOf(back).changes, reportOf(back).events, reportOf(back).run.status]).toEqual([0, [], [], "complete"]);
      expect(rowsOf(file, "SELECT clock_suspect FROM run WHERE id = 3")).toEqual([{ clock_suspect: 0 }]);
    },
    300_000,
  );

  it("two years ahead, and too few providers to tell: no certificate has ended, and no waiver, whatever the gate is", async () => {
    const until = isoDay(Date.now() + 10 * DAY);
    const few = await smallEstate(["only"], {
      conditions: { only: { headers: { ...TIMELESS, server: "acmehttpd/9.9.1" } } },
      entry: { waivers: [{ rule: "header/version-disclosure", until, reason: "known", by: "ciso" }] },
    });
    onTestFinished(() => few.close());
    const flags = ["--json", "--depth", "quick", "--severity", "low"];
    expect([(await few.audit(flags)).code, (await few.audit(flags)).code]).toEqual([0, 0]);
    const wrong = await few.audit(flags, at("+730d"));
    const [only] = reportOf(wrong).integrations;
    expect([wrong.code, reportOf(wrong).gate.reasons]).toEqual([3, ["the time in doubt"]]);
    const banners = only?.findings.filter(({ rule }) => rule.startsWith("header/"));
    expect(banners?.map(({ rule, state }) => `${rule} ${state.label}`)).toEqual(["header/version-disclosure accepted-expiring"]);
    expect(only?.findings.filter(({ rule }) => rule.startsWith("certificate/"))).toEqual([]);
  }, 300_000);

  it("a second run that says the same is believed: it was the first one before that was wrong", async () => {
    const file = join(estate.home, "believed.db");
    await copyFile(right, file);
    expect((await estate.audit([...FLAGS, "--db", file], at("-2d"))).code).toBe(3);
    const second = await estate.audit([...FLAGS, "--db", file], at("-2d"));
    expect([second.code, reportOf(second).changes, reportOf(second).run.status]).toEqual([0, [], "complete"]);
    expect(rowsOf(file, "SELECT clock_suspect FROM run ORDER BY id").map((row) => Object.values(row as object)[0])).toEqual([0, 1, 0]);
    expect(rowsOf(file, "SELECT 1 FROM audit WHERE run_id = 3")).toHaveLength(IDS.length);
  }, 300_000);

  it("two years ahead for good: all certificates have ended at once, which is no news of the providers'", async () => {
    const file = join(estate.home, "ahead.db");
    await copyFile(right, file);
    await estate.audit([...FLAGS, "--db", file], at("+730d"));
    const second = await estate.audit([...FLAGS, "--db", file], at("+730d"));
    expect(second.code).toBe(3);
    expect(reportOf(second).changes).toEqual([]);
    expect(rowsOf(file, "SELECT 1 FROM event WHERE kind IN ('waiver-expired', 'new', 'worse')")).toEqual([]);
  }, 300_000);
});

describe.skipIf(!hasFaketime())("a clock that is wrong, and servers that say so", () => {
  it.each([
    ["in the first run of all", false],
    ["three days after the last run, as far as one can tell", true],
  ])(
    "%s: nothing is written, and no second run makes it right",
    async (_what, hasHistory) => {
      const estate = await smallEstate(IDS, { conditions: { second: { headers: { ...CLEAN.headers, server: "nginx/1.18.0" } } } });
      onTestFinished(() => estate.close());
      const file = join(estate.home, "history.db");
      if (hasHistory) expect((await estate.audit(FLAGS)).code).toBe(0);
      const before = hasHistory ? contentOf(file) : undefined;
      for (const _night of [1, 2]) {
        const wrong = await estate.audit(FLAGS, at("+3d"));
        const report = reportOf(wrong);
        expect([wrong.code, report.run.status]).toEqual([3, "partial"]);
        expect(report.notices.join()).toContain("the clocks of the servers that answered differ from this machine's by more than a day");
        expect([report.changes, report.events]).toEqual([[], []]);
      }
      if (before !== undefined) expect(contentOf(file)).toEqual(before);
      else expect(rowsOf(file, "SELECT 1 FROM audit")).toEqual([]);
      expect(rowsOf(file, "SELECT 1 FROM run WHERE clock_suspect = 1")).toHaveLength(2);

      const right = await estate.audit(FLAGS);
      expect([right.code, reportOf(right).run.status, reportOf(right).changes]).toEqual([0, "complete", []]);
    },
    300_000,
  );
});

describe("calendars", () => {
  const ZONES = [{}, { TZ: "Pacific/Chatham" }, { TZ: "America/St_Johns" }];
  let estate: SmallEstate;

  beforeAll(async () => {
    const sunset = { ...CLEAN.headers, sunset: "Sun, 04 Apr 2027 00:00:00 GMT", server: "nginx/1.18.0" };
    const until = "2027-04-03";
    estate = await smallEstate(["first", "second"], {
      conditions: { first: { headers: sunset }, second: { certificate: "expiring" } },
      entry: { waivers: [{ rule: "header/version-disclosure", until, reason: "known", by: "ciso" }] },
    });
  });
  afterAll(() => estate?.close());

  it.each([
    ["the day on which Chatham turns its clocks back", "2027-04-03"],
    ["a leap day", "2028-02-29"],
  ])(
    "%s: the same verdicts and due dates in every zone, and without one",
    async (_what, day) => {
      const told = [];
      for (const env of ZONES) {
        const { code, stdout } = await estate.audit(["--json", "--depth", "quick", "--no-history", "--as-of", day], { env });
        told.push([code, judgedIn(JSON.parse(stdout) as Report)]);
      }
      expect(JSON.stringify(told[0])).toContain('"dueAt"');
      expect(told[1]).toEqual(told[0]);
      expect(told[2]).toEqual(told[0]);
    },
    300_000,
  );

  it("a history that was begun in one zone goes on in another: UTC is stored, and nothing changed", async () => {
    const [start, ...changes] = [Date.now()] as [number, ...unknown[]];
    for (const env of ZONES) changes.push(...reportOf(await estate.audit(["--json", "--depth", "quick"], { env })).changes);
    expect(changes).toEqual([]);
    const times = rowsOf<{ started_at: number }>(join(estate.home, "history.db"), "SELECT started_at FROM run ORDER BY id");
    expect(times).toHaveLength(ZONES.length);
    for (const { started_at } of times) expect([started_at >= start, started_at <= Date.now()]).toEqual([true, true]);
  }, 300_000);
});

function at(clock: string) {
  return { through: ["faketime", "-m", "-f", clock], env: { FAKETIME_DONT_FAKE_MONOTONIC: "1" } };
}

/** All that history knows, but for the runs themselves and what is said of a run. */
function contentOf(file: string): unknown {
  return ["audit", "answer", "judgement", "wording", "finding", "waiver_use", "milestone"].map((table) =>
    rowsOf(file, `SELECT * FROM ${table}`),
  );
}

function judgedIn({ integrations }: Report): unknown {
  return integrations.map(({ id, band, findings, unobserved }) => ({
    id,
    band,
    unobserved,
    findings: findings.map(({ rule, subject, outcome, severity, message, state, dueAt }) => ({
      ...{ rule, subject, outcome, severity, message, state, dueAt },
    })),
  }));
}

function hasFaketime(): boolean {
  try {
    execFileSync("sh", ["-c", "command -v faketime"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
