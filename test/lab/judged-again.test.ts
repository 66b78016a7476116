import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { backtest } from "../../src/app/backtest.ts";
import { compareStoredRuns } from "../../src/app/compare-runs.ts";
import { type ReplayedRun, replayRuns, runsToReplay } from "../../src/app/replay.ts";
import { TODAYS_RULES } from "../../src/app/rule-book.ts";
import { KIND_VERSIONS } from "../../src/evidence/kinds.ts";
import type { HistoryStore } from "../../src/model/history-store.ts";
import { DAY } from "../../src/model/instant.ts";
import { cleanEntry, type Lab, startLab } from "./support/lab.ts";

const DISCLOSURE = "header/version-disclosure";
const OLD_SERVER = { headers: { server: "nginx/1.18.0" } };

describe("judging again", () => {
  it("says nothing else with the same rules, whatever happened meanwhile", async () => {
    const lab = await startLab();
    const api = await lab.start();
    const other = await lab.start(OLD_SERVER);
    const [endpoint] = cleanEntry(api)["endpoints"] as readonly object[];
    const entries = [
      cleanEntry(api, { endpoints: [{ ...endpoint, every: "7d" }] }),
      cleanEntry(other, { id: "other", headers: { "X-Tenant": "acme-audit" }, authProof: { level: "none" } }),
    ];
    const nights: readonly (() => unknown)[] = [
      () => lab.audit(entries),
      () => lab.audit(entries),
      () => api.change({ certificate: "expiring" }),
      () => lab.audit(entries, { families: ["tls", "certificate"] }),
      () => other.change({ listens: false }),
      () => lab.audit(entries),
      () => other.change({ listens: true, status: 429 }),
      () => lab.audit(entries, { depth: "quick" }),
      () => lab.audit(entries, { families: ["header", "auth"] }),
      () => other.change({ status: 200, headers: {} }),
      () => lab.audit(entries, { policy: { rules: { [DISCLOSURE]: "off" } } }),
      () => lab.audit(entries),
      () => lab.clock.advance(8 * DAY),
      () => api.change({ resources: { "/v1/orders": { data: [{ id: "1", email: "ada.lovelace@apirisk-lab.dev" }], has_more: false } } }),
      () => lab.audit(entries),
    ];
    for (const night of nights) {
      await night();
      lab.clock.advance(DAY);
    }
    const replayed = await replayedRuns(lab.history, 0);
    expect(replayed).toHaveLength(9);
    expect(replayed.flatMap(({ integrations }, night) => integrations.map((integration) => ({ night, ...integration })))).toEqual([]);
    for (const { counts } of replayed) expect(counts).toEqual({ judged: counts.judged, equal: counts.judged, different: 0, unobserved: 0 });
    expect(replayed.every(({ counts }) => counts.judged > 10)).toBe(true);
    const tested = await backtest(lab.history, { rules: [] });
    expect(tested.differences).toEqual([]);
    expect(tested.counts).toMatchObject({ opens: 0, changes: 0, closes: 0, drops: 0, cannotTell: 0 });
    expect(tested.audits).toBe(2);
  }, 60_000);

  it("blames an upgrade of the rules for what only an upgrade opens", async () => {
    const lab = await startLab();
    const api = await lab.start(OLD_SERVER);
    await lab.audit([cleanEntry(api)]);
    asIfRulesWereOlder(lab);

    const [run] = await replayedRuns(lab.history, 0);
    expect(run?.integrations.flatMap(({ differences }) => differences)).toMatchObject([
      {
        integration: "clean",
        rule: DISCLOSURE,
        subject: "header:server",
        before: { verdict: "pass" },
        after: { verdict: "fail" },
        why: "rules",
      },
    ]);
    const tested = await backtest(lab.history, { rules: [] });
    expect(tested.counts).toMatchObject({ opens: 1, changes: 0, closes: 0, drops: 0, cannotTell: 0 });
    expect(tested.differences).toMatchObject([{ kind: "opens", rule: DISCLOSURE, why: "rules" }]);
    expect((await backtest(lab.history, { rules: ["certificate/expired"] })).counts).toMatchObject({ opens: 0, unchanged: 1 });

    // The provider changed something else as well: without judging again it would be anybody's guess.
    await api.change({ headers: { server: "nginx/1.18.1" } });
    lab.clock.advance(DAY);
    await lab.audit([cleanEntry(api)]);
    const compared = await compare(lab.history);
    expect(compared.changes).toMatchObject([{ rule: DISCLOSURE, kind: "newly-detected", cause: "rules" }]);
    expect(compared.gate.passed).toBe(true);
  }, 60_000);

  it("of a place in which a stricter rule finds something, it does not say as well that it cannot tell whether the rest is well", async () => {
    const lab = await startLab();
    const api = await lab.start({ headers: { server: "nginx/1" } });
    await lab.audit([cleanEntry(api)]);
    const disclosed = { outcome: "disclosed", subject: "header:server", data: { field: "server", software: "nginx 1" } };
    const stricter = TODAYS_RULES.rules.map((rule) =>
      rule.meta.id === DISCLOSURE ? { ...rule, meta: { ...rule.meta, revision: 9 }, evaluate: () => [disclosed] } : rule,
    );
    const tested = await backtest(lab.history, { rules: [] }, { ...TODAYS_RULES, rules: stricter });
    expect(tested.differences).toMatchObject([{ kind: "opens", rule: DISCLOSURE, subject: "header:server", why: "rules" }]);
    expect(tested.counts).toMatchObject({ opens: 1, changes: 0, closes: 0, drops: 0, cannotTell: 0 });
  }, 60_000);

  it("blames the provider for what they did, also where we changed something the same night", async () => {
    const lab = await startLab();
    const api = await lab.start();
    await lab.audit([cleanEntry(api)], { policy: { rules: { [DISCLOSURE]: { severity: "low" } } } });
    await api.change(OLD_SERVER);
    lab.clock.advance(DAY);
    await lab.audit([cleanEntry(api)], { policy: { rules: { [DISCLOSURE]: { severity: "high" } } } });
    const compared = await compare(lab.history);
    expect(compared.changes).toContainEqual(expect.objectContaining({ rule: DISCLOSURE, kind: "new", cause: "target" }));
    expect(compared.gate).toMatchObject({ passed: false, failOn: "regression" });
    expect((await compare(lab.history, { failOn: "none" })).gate.passed).toBe(true);
    expect((await compare(lab.history, { severity: "critical" })).gate.passed).toBe(true);
  }, 60_000);

  it("says of what was listed where it was, and is not there any more, that it is resolved, and whose doing that is", async () => {
    const lab = await startLab();
    const api = await lab.start(OLD_SERVER);
    await lab.audit([cleanEntry(api)]);
    await api.change({ headers: {} });
    // Twice well, and it is resolved; from then on nobody asks for it by name.
    for (let night = 0; night < 3; night++) {
      lab.clock.advance(DAY);
      await lab.audit([cleanEntry(api)]);
    }
    const [newest, , , oldest] = await lab.history.runs(4);
    const listed = (await lab.history.auditsOf(newest?.ulid ?? "")).flatMap(({ verdicts }) => verdicts.map(({ subject }) => subject));
    expect(listed).not.toContain("header:server");
    const between = await compareStoredRuns(lab.history, {
      before: oldest?.ulid ?? "",
      after: newest?.ulid ?? "",
      failOn: "regression",
      severity: "info",
    });
    if (!between.ok) throw new Error(between.error.kind);
    const disclosed = between.value.changes.filter(({ rule }) => rule === DISCLOSURE);
    expect(disclosed).toMatchObject([{ subject: "header:server", kind: "resolved", cause: "target", after: { verdict: "pass" } }]);
    expect((await compare(lab.history)).changes).toEqual([]);
  }, 60_000);

  it("compares with nothing that observed nothing: the night before a blind one is the previous one", async () => {
    const lab = await startLab();
    const api = await lab.start();
    await lab.audit([cleanEntry(api)]);
    const [seen] = await lab.history.runs(1);
    lab.clock.advance(DAY);
    await api.change({ listens: false });
    await lab.audit([cleanEntry(api)]);
    const [unseen] = await lab.history.runs(1);
    await api.change({ listens: true, ...OLD_SERVER });
    lab.clock.advance(DAY);
    await lab.audit([cleanEntry(api)]);
    expect((await lab.history.run("previous"))?.ulid).toBe(seen?.ulid);
    expect((await compare(lab.history)).gate.passed).toBe(false);
    const blind = { before: unseen?.ulid ?? "", after: "latest", failOn: "regression", severity: "info" } as const;
    expect(await compareStoredRuns(lab.history, blind)).toEqual({ ok: false, error: { kind: "nothing-observed", run: unseen?.ulid } });
  }, 60_000);

  it("names what only one of the runs saw, and says nothing where they saw nothing both", async () => {
    const lab = await startLab();
    const [stays, leaves, comes] = [await lab.start(), await lab.start(OLD_SERVER), await lab.start()];
    await lab.audit([cleanEntry(stays, { id: "stays" }), cleanEntry(leaves, { id: "leaves" })]);
    lab.clock.advance(DAY);
    await lab.audit([cleanEntry(stays, { id: "stays" }), cleanEntry(comes, { id: "comes" })]);
    expect(await compare(lab.history)).toMatchObject({
      changes: [],
      compared: 1,
      notCompared: [
        { integration: "leaves", why: "only-in-earlier" },
        { integration: "comes", why: "only-in-later" },
      ],
    });
    lab.clock.advance(DAY);
    await stays.change({ listens: false });
    await lab.audit([cleanEntry(stays, { id: "stays" }), cleanEntry(comes, { id: "comes" })]);
    expect((await compare(lab.history)).notCompared).toEqual([{ integration: "stays", why: "not-seen-in-later" }]);
    lab.clock.advance(DAY);
    await lab.audit([cleanEntry(leaves, { id: "leaves" })]);
    const strangers = { before: "previous", after: "latest", failOn: "regression", severity: "info" } as const;
    expect(await compareStoredRuns(lab.history, strangers)).toEqual({ ok: false, error: { kind: "nothing-in-common" } });
  }, 60_000);

  it("calls another policy what it is, and tries one that was never used", async () => {
    const lab = await startLab();
    const api = await lab.start(OLD_SERVER);
    await lab.audit([cleanEntry(api)], { policy: { rules: { [DISCLOSURE]: { severity: "info" } } } });
    const lowered = await backtest(lab.history, { rules: [], policy: { packs: [], rules: {} } });
    expect(lowered.differences).toMatchObject([{ kind: "changes", rule: DISCLOSURE, before: { severity: "info" }, why: "config" }]);
    const off = await backtest(lab.history, { rules: [], policy: { packs: [], rules: { [DISCLOSURE]: { off: true } } } });
    expect(off.differences).toMatchObject([{ kind: "drops", rule: DISCLOSURE, after: {}, why: "config" }]);

    lab.clock.advance(DAY);
    await lab.audit([cleanEntry(api)]);
    expect((await compare(lab.history)).changes).toMatchObject([{ rule: DISCLOSURE, kind: "worse", cause: "config" }]);
  }, 60_000);

  it("does not take lost evidence for an answer", async () => {
    const lab = await startLab();
    const api = await lab.start(OLD_SERVER);
    await lab.audit([cleanEntry(api)]);
    inDatabase(lab, (db) =>
      db.exec("DELETE FROM evidence_body WHERE evidence_id IN (SELECT id FROM evidence WHERE kind = 'http-response')"),
    );
    const [run] = await replayedRuns(lab.history, 0);
    expect(run?.counts).toMatchObject({ different: 0 });
    expect(run?.counts.unobserved).toBeGreaterThan(2);
    const differences = run?.integrations.flatMap((integration) => integration.differences) ?? [];
    expect(new Set(differences.map(({ after }) => after.reason))).toEqual(new Set(["evidence_missing"]));
    const tested = await backtest(lab.history, { rules: [] });
    expect(tested.counts.closes).toBe(0);
    expect(tested.cannotTell).toEqual({ evidence_missing: tested.counts.cannotTell });
  }, 60_000);

  it("says of a rule that needs more than old evidence tells that this is too old", async () => {
    const lab = await startLab();
    const api = await lab.start(OLD_SERVER);
    await lab.audit([cleanEntry(api)]);
    const next = KIND_VERSIONS["tls-session"] + 1;
    const lineage = {
      versions: { ...KIND_VERSIONS, "tls-session": next },
      upcasters: { "tls-session": { [next - 1]: (content: object) => ({ ...content }) } },
    };
    const demanding = TODAYS_RULES.rules.map((rule) =>
      rule.meta.id === "certificate/expired" ? { ...rule, since: { "tls-session": next }, meta: { ...rule.meta, revision: 99 } } : rule,
    );
    const tested = await backtest(lab.history, { rules: [] }, { ...TODAYS_RULES, rules: demanding, lineage });
    expect(tested.counts).toMatchObject({ opens: 0, changes: 0, closes: 0, drops: 0, cannotTell: 1 });
    expect(tested.cannotTell).toEqual({ evidence_too_old: 1 });
  }, 60_000);

  it("writes nothing", async () => {
    const lab = await startLab();
    const api = await lab.start(OLD_SERVER);
    await lab.audit([cleanEntry(api)]);
    lab.clock.advance(DAY);
    await lab.audit([cleanEntry(api)]);
    asIfRulesWereOlder(lab);
    const before = contentOf(lab);
    await replayedRuns(lab.history, 0);
    await backtest(lab.history, { rules: [] });
    await compare(lab.history);
    expect(contentOf(lab)).toEqual(before);
  }, 60_000);
});

async function replayedRuns(history: HistoryStore, from: number) {
  const runs = await runsToReplay(history, { runs: [], from }, Number.MAX_SAFE_INTEGER - 1);
  if (!runs.ok) throw new Error(runs.error);
  const replayed: ReplayedRun[] = [];
  for await (const run of replayRuns(history, runs.value)) replayed.push(run);
  return replayed;
}

async function compare(history: HistoryStore, over: Partial<Parameters<typeof compareStoredRuns>[1]> = {}) {
  const compared = await compareStoredRuns(history, {
    before: "previous",
    after: "latest",
    failOn: "regression",
    severity: "low",
    ...over,
  });
  if (!compared.ok) throw new Error(JSON.stringify(compared.error));
  return compared.value;
}

/** An earlier apirisk, whose rule passed what today's does not: what it would have left in history. */
function asIfRulesWereOlder(lab: Lab): void {
  inDatabase(lab, (db) => {
    db.exec("INSERT INTO digest(hash) VALUES (x'00')");
    db.prepare(
      `UPDATE wording SET words = json_remove(words, '$.title', '$.message'), rules_id = (SELECT id FROM digest WHERE hash = x'00')
       WHERE claim_id IN (SELECT id FROM claim WHERE rule = ? AND subject = 'header:server')`,
    ).run(DISCLOSURE);
    db.prepare(
      `UPDATE claim SET verdict = 'pass', outcome = 'undisclosed', severity = '', words = json_remove(words, '$.title', '$.message'), rule_revision = 0
       WHERE rule = ? AND subject = 'header:server'`,
    ).run(DISCLOSURE);
    db.prepare("UPDATE ruleset SET hash = '00', manifest = replace(manifest, ?, ?)").run(`"${DISCLOSURE}":1`, `"${DISCLOSURE}":0`);
    db.prepare("DELETE FROM finding WHERE rule = ?").run(DISCLOSURE);
  });
}

function contentOf(lab: Lab): readonly unknown[] {
  return inDatabase(lab, (db) =>
    db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all()
      .map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]),
  );
}

function inDatabase<T>(lab: Lab, work: (db: Database.Database) => T): T {
  const db = new Database(lab.databaseFile);
  try {
    return work(db);
  } finally {
    db.close();
  }
}
