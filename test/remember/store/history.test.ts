import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "../../../src/model/digest.ts";
import { integrationIdentity } from "../../../src/model/fingerprint.ts";
import type { AuditCommit, HistoryStore, StoredMilestone } from "../../../src/model/history-store.ts";
import { DAY } from "../../../src/model/instant.ts";
import { fleetOf, integrationHistory } from "../../../src/remember/store/history.ts";
import { ACME, aCommit, aFinding, aRun, failing, NOON, passing, theEnd, ulid, unobserved } from "../samples.ts";
import { sqlitePlace } from "./sqlite-place.ts";

const ORIGIN = "https://api.acme.example";

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

describe("milestones", () => {
  it("keep from when to when a mark was seen, and when its place was looked at before it", async () => {
    await audited(1, { milestones: [leaf("old")] });
    await audited(2, { milestones: [leaf("old")] });
    await audited(5, { milestones: [leaf("old"), leaf("young")] });
    await audited(6, { milestones: [leaf("young")] });
    expect(await milestones()).toEqual([
      { ...leaf("old"), firstAt: at(1), lastAt: at(5) },
      { ...leaf("young"), firstAt: at(5), lastAt: at(6), seenBefore: at(2) },
    ]);
  });

  it("are written once per mark, however many nights, and not at all for a commit that was made before", async () => {
    for (let n = 1; n <= 9; n += 1) await audited(n, { milestones: [leaf("one"), { kind: "path", place: "list", mark: "$.id" }] });
    await store.commitAudit(aCommit(9, { milestones: [leaf("another")] }));
    expect((await milestones()).map(({ mark, lastAt }) => [mark, lastAt])).toEqual([
      ["one", at(9)],
      ["$.id", at(9)],
    ]);
  });

  it("a night without one is no look: the interval stays as wide as we were blind", async () => {
    await audited(1, { milestones: [leaf("old")] });
    await audited(2, { visibility: "unreachable" });
    await audited(3, { milestones: [] });
    await audited(4, { milestones: [leaf("young")] });
    expect((await milestones()).find(({ mark }) => mark === "young")).toMatchObject({ seenBefore: at(1), firstAt: at(4) });
  });

  it("forget what was seen longest ago where a place has too many", async () => {
    const many = Array.from({ length: 300 }, (_, index) => index);
    await audited(1, { milestones: many.map((index) => leaf(`a${index}`)) });
    await audited(2, { milestones: many.map((index) => leaf(`b${index}`)) });
    const kept = (await milestones()).map(({ mark }) => mark);
    expect(kept).toHaveLength(500);
    expect(kept.filter((mark) => mark.startsWith("b"))).toHaveLength(300);
  });
});

describe("the fleet", () => {
  it("shows every integration by id, from the vantage that audited it last", async () => {
    const other = { ...ACME, uid: integrationIdentity("other", []), id: "a-first", name: "Other" };
    await audited(1, { score: 90, milestones: [leaf("x")] });
    await audited(2, { integration: other, findings: [], visibility: "unreachable", score: null });
    await audited(3, { vantage: "proxy:p.example:1", score: 40, visibility: "partial", findings: [] });
    const fleet = await store.fleet([at(0), at(1), at(9)], ["certificate"], 9);
    expect(fleet.map(({ id, vantage, visibility, scores }) => [id, vantage, visibility, scores])).toEqual([
      ["a-first", "local", "unreachable", [null, null, null]],
      ["acme", "proxy:p.example:1", "partial", [null, null, 40]],
    ]);
    expect(fleet[0]).not.toHaveProperty("lastSeenAt");
    expect(fleet[1]).toMatchObject({ lastSeenAt: at(3), milestones: [] });
  });

  it("counts what is open, and tells the newest event", async () => {
    const rules = ["certificate/expired", "certificate/expiring", "tls/old"] as const;
    const findings = rules.map((rule, index) => aFinding(1, { rule, presence: index === 2 ? "suspect" : "open" }));
    await audited(1, { findings, verdicts: rules.map((rule) => failing("high", { rule })), milestones: [leaf("x")] });
    const [member] = await store.fleet([], ["certificate"], 9);
    expect(member).toMatchObject({ open: { high: 2 }, lastChange: { at: at(1), kind: "opened", cause: "target" } });
    expect(member?.milestones).toHaveLength(1);
    expect((await store.fleet([], [], 9))[0]?.milestones).toEqual([]);
  });
});

it("of each place it gives the marks that were seen last, and of those the ones that began last", async () => {
  const elsewhere = { ...leaf("z"), place: "https://eu.acme.example" };
  await audited(1, { milestones: [leaf("a"), leaf("b")] });
  await audited(2, { milestones: [leaf("b"), leaf("c"), elsewhere] });
  const [member] = await store.fleet([], ["certificate"], 2);
  expect(member?.milestones.map(({ mark }) => mark).sort()).toEqual(["b", "c", "z"]);
  const [less] = await store.fleet([], ["certificate"], 1);
  expect(less?.milestones.map(({ mark }) => mark).sort()).toEqual(["c", "z"]);
});

describe("the history of an integration", () => {
  it("is found by id and by uid, keeps its past over a rename, and knows no other", async () => {
    await audited(1);
    await audited(2, { integration: { ...ACME, id: "acme-pay" } });
    expect((await store.integrationHistory("acme-pay"))?.audits).toHaveLength(2);
    expect((await store.integrationHistory(ACME.uid))?.id).toBe("acme-pay");
    expect(await store.integrationHistory("acme")).toBeUndefined();
  });

  it("tells events with what they are about, oldest first", async () => {
    await audited(1);
    const finding = aFinding(2, { presence: "resolved" });
    const change = { integration: "acme", rule: finding.rule, subject: finding.subject, fingerprint: finding.fingerprint } as const;
    await audited(2, {
      findings: [finding],
      changes: [{ ...change, kind: "resolved", cause: "target", before: { presence: "open" }, after: { presence: "resolved" } }],
    });
    expect((await store.integrationHistory("acme"))?.events).toMatchObject([
      { kind: "opened", run: ulid(1), rule: "certificate/expired", subject: "leaf", title: "The certificate has expired" },
      { kind: "resolved", run: ulid(2), cause: "target", fingerprint: finding.fingerprint },
    ]);
  });

  it("marks the audits from which on our rules or our eyes are others", async () => {
    await audited(1);
    await audited(2, {}, { ruleset: { hash: sha256Hex("more"), manifest: '{"certificate/expired":2}' }, toolVersion: "0.2.0" });
    await audited(
      3,
      {},
      { ruleset: { hash: sha256Hex("more"), manifest: '{"certificate/expired":2}' }, capabilityHash: sha256Hex("eyes") },
    );
    expect((await store.integrationHistory("acme"))?.toolChanges).toEqual([
      {
        at: at(2),
        run: ulid(2),
        tool: false,
        toolVersion: "0.2.0",
        rules: { before: '{"certificate/expired":1}', after: '{"certificate/expired":2}' },
      },
      { at: at(3), run: ulid(3), tool: true, toolVersion: "0.1.0" },
    ]);
  });

  it("tells what each question was answered with, in spans, and what was seen when", async () => {
    await audited(1, { verdicts: [failing()] });
    await audited(2, { verdicts: [failing()] });
    await audited(3, { verdicts: [unobserved()], visibility: "unreachable", score: null });
    await audited(4, { verdicts: [passing()] });
    const history = await store.integrationHistory("acme");
    expect(history?.verdicts.map(({ verdict, firstAt, lastAt }) => [verdict, firstAt, lastAt])).toEqual([
      ["fail", at(1), at(2)],
      ["unobserved", at(3), at(3)],
      ["pass", at(4), at(4)],
    ]);
    expect(history?.audits.map(({ visibility, score }) => [visibility, score])).toEqual([
      ["observed", 15],
      ["observed", 15],
      ["unreachable", null],
      ["observed", 15],
    ]);
  });
});

it("no query of history reads audits, observations, verdicts or milestones as a whole", async () => {
  await audited(1, { milestones: [leaf("x")] });
  await store.close();
  const plans: string[] = [];
  const db = new Database(place.file);
  const explaining = new Proxy(db, {
    get: (target, name) =>
      name === "prepare"
        ? (sql: string) => {
            plans.push(
              ...(target.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array<number>(sql.split("?").length - 1).fill(1)) as Step[]).map(
                detailOf,
              ),
            );
            return target.prepare(sql);
          }
        : Reflect.get(target, name, target),
  });
  fleetOf(explaining, [NOON], ["certificate"], 9);
  integrationHistory(explaining, "acme");
  db.close();
  store = await place.open();
  expect(plans.length).toBeGreaterThan(15);
  expect(plans.filter((step) => /^SCAN (?!integration\b|run\b|\(subquery|CONSTANT)/.test(step))).toEqual([]);
});

interface Step {
  readonly detail: string;
}

function detailOf({ detail }: Step): string {
  return detail;
}

async function audited(n: number, over: Partial<AuditCommit> = {}, run: Parameters<typeof aRun>[1] = {}): Promise<void> {
  await store.beginRun(aRun(n, run));
  await store.commitAudit(aCommit(n, over));
  await store.finishRun(ulid(n), theEnd(n));
}

async function milestones() {
  const { milestones: all = [] } = (await store.integrationHistory("acme")) ?? {};
  return [...all].sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.firstAt - b.firstAt));
}

function leaf(mark: string): StoredMilestone {
  return { kind: "certificate", place: ORIGIN, mark, detail: `{"of":"${mark}"}` };
}

function at(n: number): number {
  return NOON + n * DAY;
}
