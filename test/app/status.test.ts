import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type StatusRequest, statusOf } from "../../src/app/status.ts";
import { integrationIdentity } from "../../src/model/fingerprint.ts";
import type { AuditCommit, HistoryStore, NewRun } from "../../src/model/history-store.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/instant.ts";
import { renderStatus } from "../../src/tell/report/status.ts";
import { ACME, aCommit, aFinding, aRun, NOON, theEnd, ulid } from "../remember/samples.ts";
import { sqlitePlace } from "../remember/store/sqlite-place.ts";

let place: Awaited<ReturnType<typeof sqlitePlace>>;
let store: HistoryStore;
beforeEach(async () => {
  place = await sqlitePlace();
  store = await place.open();
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

const OTHER = { ...ACME, uid: integrationIdentity("other", []), id: "other" };
const audited = async (n: number, over: Partial<AuditCommit> = {}, run: Partial<NewRun> = {}) => {
  await store.beginRun(aRun(n, run));
  await store.commitAudit(aCommit(n, over));
  await store.finishRun(ulid(n), theEnd(n));
};
const CRON = { trigger: "cron" } as const;
/** When run n ended. */
const end = (n: number) => NOON + n * DAY + MINUTE;
const statusAt = (now: number, request: Partial<StatusRequest> = {}) => statusOf(store, { now, ...request });

describe("the dead man's switch", () => {
  it("is dead without a history, and before a run observed something", async () => {
    const nothing = await statusOf(undefined, { now: NOON, maxAgeMs: DAY, expected: [ACME] });
    expect(nothing).toMatchObject({ alive: false, lastRun: null, openFindings: null, overdue: null, database: null });
    expect(nothing.unseen).toEqual([{ integration: "acme", lastSeenAt: null, intervalSeconds: 86_400 }]);
    expect(await statusAt(NOON)).toMatchObject({ alive: false, reason: "no run has observed anything yet" });
    await audited(1, { visibility: "unreachable" });
    await store.beginRun(aRun(2));
    await store.commitAudit(aCommit(2));
    expect(await statusAt(end(2))).toMatchObject({ alive: false, lastRun: null, newestRun: { id: ulid(2), status: "running" } });
  });

  it("is alive up to the age that was given, and dead after it", async () => {
    await audited(1);
    const alive = async (age: number) => (await statusAt(end(1) + age, { maxAgeMs: 36 * HOUR })).alive;
    expect([await alive(36 * HOUR), await alive(36 * HOUR + 1)]).toEqual([true, false]);
    expect((await statusAt(end(1) + 9000 * DAY)).alive).toBe(true);
  });

  it("counts a partial run that observed something, and no aborted or crashed one", async () => {
    await store.beginRun(aRun(1));
    await store.commitAudit(aCommit(1));
    await store.finishRun(ulid(1), { ...theEnd(1), status: "partial" });
    await store.beginRun(aRun(2));
    await store.commitAudit(aCommit(2));
    await store.finishRun(ulid(2), { ...theEnd(2), status: "aborted" });
    await store.beginRun(aRun(3));
    await store.commitAudit(aCommit(3));
    await store.sweepCrashed(end(3));
    expect(await statusAt(end(3))).toMatchObject({
      alive: true,
      lastRun: { id: ulid(1), status: "partial", observed: 1, planned: 1, coverage: 0.97, ageSeconds: 2 * 86_400 },
      newestRun: { id: ulid(3) },
      lastCrashedRun: { id: ulid(3), finishedAt: null },
    });
  });

  it("hears only the scheduler once there is one: a person's audit hides no dead night", async () => {
    await audited(1, {}, CRON);
    await audited(9);
    const status = await statusAt(end(9), { maxAgeMs: 36 * HOUR });
    expect(status).toMatchObject({ alive: false, reason: "the last run by a scheduler that observed something is too old" });
    expect([status.lastRun?.id, status.newestRun?.id]).toEqual([ulid(1), ulid(9)]);
  });

  it("does not believe a run of the future", async () => {
    await audited(1);
    expect((await statusAt(end(1) - 5 * MINUTE, { maxAgeMs: DAY })).alive).toBe(true);
    expect(await statusAt(end(1) - 6 * MINUTE, { maxAgeMs: DAY })).toMatchObject({
      alive: false,
      reason: expect.stringContaining("clock"),
    });
  });
});

describe("integrations that were not seen", () => {
  it("are those of the inventory, two nights after they were last seen", async () => {
    await audited(1);
    const expected = [ACME, { id: "declared", uid: integrationIdentity("declared", []) }];
    const declared = { integration: "declared", lastSeenAt: null, intervalSeconds: 86_400 };
    expect((await statusAt(NOON + 3 * DAY, { expected })).unseen).toEqual([declared]);
    expect((await statusAt(NOON + 3 * DAY + 1, { expected })).unseen).toEqual([
      { integration: "acme", lastSeenAt: "2026-11-24T12:00:00Z", intervalSeconds: 86_400 },
      declared,
    ]);
  });

  it("are those that were audited more than once, where there is no inventory", async () => {
    await audited(1);
    await audited(2);
    await audited(3, { integration: OTHER, findings: [] });
    expect((await statusAt(end(30))).unseen.map(({ integration }) => integration)).toEqual(["acme"]);
  });

  it("all of them are a dead watcher, where no age was given; one that was seen is not", async () => {
    for (const n of [1, 2, 3]) await audited(n, {}, CRON);
    await audited(4, { integration: OTHER, findings: [] });
    expect(await statusAt(NOON + 5 * DAY)).toMatchObject({ alive: true, unseen: [] });
    expect(await statusAt(NOON + 5 * DAY + 1)).toMatchObject({
      alive: false,
      reason: "no integration was seen within two of its intervals",
    });
    expect(await statusAt(NOON + 5 * DAY + 1, { expected: [ACME, OTHER] })).toMatchObject({
      alive: true,
      unseen: [{ integration: "acme" }],
    });
    expect(await statusAt(NOON + 25 * DAY, { maxAgeMs: 36 * HOUR })).toMatchObject({
      alive: false,
      reason: expect.stringContaining("too old"),
    });
  });

  it("are given the rhythm of their scheduler, whatever people run in between, and whatever it missed", async () => {
    const weeks = [7, 14, 28, 35];
    for (const n of weeks) await audited(n, {}, CRON);
    await audited(36);
    const unseen = async (now: number) => (await statusAt(now)).unseen;
    expect(await unseen(NOON + 50 * DAY)).toEqual([]);
    expect(await unseen(NOON + 50 * DAY + 1)).toMatchObject([{ integration: "acme", intervalSeconds: 7 * 86_400 }]);
  });

  it("stay unseen while they are only unreachable", async () => {
    await audited(1, {}, CRON);
    for (const n of [2, 3, 4]) await audited(n, { visibility: "unreachable", verdicts: [], findings: [] }, CRON);
    expect((await statusAt(end(4))).unseen).toMatchObject([{ integration: "acme", lastSeenAt: "2026-11-24T12:00:00Z" }]);
  });
});

describe("findings", () => {
  it("are counted by severity, what people put aside apart, and overdue after their day", async () => {
    const open = aFinding(1, { severity: "critical", dueAt: NOON + DAY });
    const accepted = aFinding(1, { subject: "accepted", dueAt: NOON });
    await audited(1, {
      findings: [
        open,
        accepted,
        aFinding(1, { subject: "later", presence: "clearing" }),
        aFinding(1, { subject: "suspected", presence: "suspect", dueAt: NOON }),
        aFinding(1, { subject: "gone", presence: "resolved", dueAt: NOON }),
      ],
    });
    await store.setTriage(accepted.fingerprint, "accepted", { by: "ciso", reason: "contract", at: NOON, severity: "high" });
    const before = await statusAt(NOON + DAY);
    expect(before).toMatchObject({ openFindings: { critical: 1, high: 1, medium: 0, low: 0, info: 0 }, putAside: 1, overdue: [] });
    expect((await statusAt(NOON + DAY + 1)).overdue).toEqual([
      {
        fingerprint: open.fingerprint,
        integration: "acme",
        rule: open.rule,
        severity: "critical",
        title: open.title,
        dueAt: "2026-11-24T12:00:00Z",
      },
    ]);
  });
});

describe("the clock on the wall", () => {
  const before = process.env["TZ"];
  afterEach(() => {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  });

  /** In the middle of changes of summer time, around a leap day, and at the end of a year. */
  const MOMENTS = ["2028-02-29T12:00:00Z", "2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z", "2027-04-03T13:45:00Z", "2026-12-31T23:59:59Z"];

  it.each(MOMENTS)("changes nothing of what is said at %s", async (moment) => {
    const now = Date.parse(moment);
    await store.beginRun(aRun(1, { startedAt: now - 40 * HOUR }));
    await store.commitAudit(aCommit(1, { at: now - 40 * HOUR, findings: [aFinding(1, { dueAt: now - HOUR })] }));
    await store.finishRun(ulid(1), { ...theEnd(1), finishedAt: now - 36 * HOUR });
    const said = new Set<string>();
    const offsets = new Set<number>();
    for (const zone of ["Pacific/Chatham", "Europe/Berlin", "America/St_Johns", "UTC", undefined]) {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
      offsets.add(new Date(now).getTimezoneOffset());
      const status = await statusAt(now, { maxAgeMs: 36 * HOUR, expected: [ACME] });
      said.add(renderStatus(status, { columns: 100, colour: false, unicode: false }) + JSON.stringify(status));
    }
    expect(offsets.size).toBeGreaterThan(2);
    expect(said.size).toBe(1);
    expect([...said][0]).toContain("36h ago");
  });
});
