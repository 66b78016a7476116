import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fingerprint, integrationIdentity } from "../../../src/model/fingerprint.ts";
import type { AuditCommit } from "../../../src/model/history-store.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { Alert, NewMessage } from "../../../src/model/notification.ts";
import { openSqliteHistory } from "../../../src/remember/store/sqlite-history.ts";
import { ACME, aCommit, aFinding, aRun, failing, NOON, observed, openedEvent, passing, theEnd, ulid } from "../samples.ts";
import { type InProcess, inProcess } from "./in-process.ts";

const CANARY = "kanarienvogel-7f3a";
const OTHER = { ...ACME, uid: integrationIdentity("other", []), id: "other", name: "Other" };
const NOW = NOON + 10 * DAY;

let store: InProcess;
beforeEach(async () => {
  store = await inProcess();
});
afterEach(() => store.remove());

/** The canary is in everything that an integration can bring: names, subjects, words, data, evidence, hosts, maps, configuration. */
function secretCommit(n: number): AuditCommit {
  const verdict = { ...failing("high", { subject: CANARY }), title: CANARY, message: `${CANARY} ends`, data: { of: CANARY } };
  const named = verdict.evidence.map((piece) => ({ ...piece, key: CANARY, pointer: `/${CANARY}`, summary: CANARY }));
  const finding = aFinding(n, {
    subject: CANARY,
    title: CANARY,
    message: CANARY,
    fingerprint: fingerprint(ACME.uid, "certificate/expired", CANARY),
  });
  const configuration = { hash: "aa".repeat(32), json: JSON.stringify({ baseUrl: CANARY }) };
  return aCommit(n, {
    integration: { ...ACME, id: CANARY, name: CANARY, owner: CANARY },
    configuration,
    verdicts: [{ ...verdict, evidence: named }, passing({ rule: "header/shared" })],
    findings: [finding],
    events: [],
    waivers: [{ waiver: CANARY, rule: CANARY, until: NOW, firstSeenAt: NOW }],
    alerts: [{ dedupKey: `${finding.fingerprint}:new:${ulid(n)}`, at: NOW, kind: "new", integration: CANARY, title: CANARY }],
    milestones: [{ kind: "certificate", place: CANARY, mark: CANARY, detail: CANARY }],
    changes: [{ ...CHANGE, fingerprint: finding.fingerprint, subject: CANARY, before: { outcome: CANARY }, after: { outcome: CANARY } }],
    observations: [observed(CANARY, { content: CANARY }, { key: { origin: `https://${CANARY}.example`, endpoint: CANARY } })],
    pace: [{ host: `${CANARY}.example:443`, pace: { lanes: 1, limited: true }, at: NOW }],
    maps: [{ endpoint: CANARY, paths: [CANARY] }],
  });
}

function otherCommit(n: number): AuditCommit {
  const finding = aFinding(n, { integrationUid: OTHER.uid, integrationId: "other" });
  return aCommit(n, {
    integration: OTHER,
    verdicts: [failing(), passing({ rule: "header/shared" })],
    findings: [finding],
    events: n === 1 ? [openedEvent(finding)] : [],
    waivers: [{ waiver: "w", rule: "r", until: NOW, firstSeenAt: NOW }],
    alerts: [alertOfOther(n)],
    milestones: [{ kind: "certificate", place: "https://other.example", mark: "m" }],
    pace: [{ host: "shared.example:443", pace: { lanes: 6, limited: false }, at: NOW }],
  });
}

function alertOfOther(n: number): Alert {
  return { dedupKey: `${OTHER.uid}:baseline:${ulid(n)}`, at: NOW, kind: "baseline", integration: "other" };
}

function messageTelling(id: string, payload: unknown, thread?: string): NewMessage {
  return {
    id,
    channel: "ops",
    dedupKey: id,
    payload: JSON.stringify(payload),
    createdAt: NOW,
    ...(thread === undefined ? {} : { thread }),
  };
}

function play(runs: number): void {
  for (let n = 1; n <= runs; n += 1) {
    store.operations.beginRun(aRun(n));
    store.operations.commitAudit(secretCommit(n));
    store.operations.commitAudit(otherCommit(n));
    store.operations.finishRun(ulid(n), theEnd(n));
  }
  store.operations.setTriage(secretCommit(1).findings[0]?.fingerprint ?? "", "accepted", {
    by: CANARY,
    reason: CANARY,
    at: NOW,
    severity: "high",
  });
}

/** Every byte of the folder that is the canary's, in the forms that a file may hold. */
function traces(): readonly string[] {
  const forms = [Buffer.from(CANARY), Buffer.from(CANARY, "utf16le"), Buffer.from(Buffer.from(CANARY).toString("hex"))];
  return readdirSync(store.folder).filter((name) => forms.some((form) => readFileSync(join(store.folder, name)).includes(form)));
}

describe("erasing an integration", () => {
  it("leaves no byte of it in the file and its -wal, and everything of the others", async () => {
    play(3);
    const others = store.operations.knowledge(OTHER.uid, "local", NOW);
    const audits = store.operations.auditsOf(ulid(2)).filter(({ uid }) => uid === OTHER.uid);
    expect(traces()).not.toEqual([]);
    const print = secretCommit(1).findings[0]?.fingerprint ?? "";
    const messages = [
      messageTelling("of-both", { lines: [{ integrations: [CANARY, "other"], title: CANARY }] }),
      messageTelling("of-the-finding", { lines: [{ fingerprints: [print] }] }),
      messageTelling("incident", { key: print, title: CANARY }, print),
      messageTelling("of-the-other", { lines: [{ integrations: ["other"], title: `not ${CANARY.slice(0, 5)}` }] }),
    ];
    store.operations.queueMessages([], messages, NOW);
    const history = await openSqliteHistory({ file: store.file, now: () => NOW });
    store.db.close(); // a connection that reads would hold the -wal
    expect(await history.erase(CANARY, false)).toMatchObject({
      uid: ACME.uid,
      integrationId: CANARY,
      findings: 1,
      audits: 3,
      messages: 3,
    });
    expect(traces()).toEqual([]);
    expect(await history.pendingAlerts()).toEqual([1, 2, 3].map(alertOfOther));
    expect((await history.dueMessages(NOW)).map(({ id }) => id)).toEqual(["of-the-other"]);
    expect((await history.deliveryStats(0)).channels).toMatchObject([{ channel: "ops", waiting: 1, dead: 2, lastProblem: "erased" }]);
    expect((await history.integrationHistory("other"))?.milestones).toHaveLength(1);
    expect(await history.knowledge(ACME.uid, "local")).toMatchObject({ known: false, findings: [], observations: [], maps: [] });
    expect(await history.knowledge(OTHER.uid, "local")).toEqual({
      ...others,
      pace: others.pace.filter(({ host }) => !host.includes(CANARY)),
    });
    expect(await history.auditsOf(ulid(2))).toEqual(audits);
    expect(await history.erase(CANARY, false)).toBeUndefined();
    expect(await history.verify({ all: true })).toMatchObject({ integrity: [], danglingRows: 0, evidence: { wrong: [] } });
    await history.close();
    store = { ...store, remove: async () => undefined };
  });

  it("only counts in a dry run", () => {
    play(2);
    const before = store.operations.knowledge(ACME.uid, "local", NOW);
    const told = store.operations.erase(ACME.uid, NOW, true);
    expect(store.operations.knowledge(ACME.uid, "local", NOW)).toEqual(before);
    expect(store.operations.erase(ACME.uid, NOW, false)).toEqual(told);
  });

  it("keeps the chain whole and says what was erased; nothing else may be without content", () => {
    play(2);
    const head = store.operations.verify({ all: false }).head ?? "";
    store.operations.erase(ACME.uid, NOW, false);
    const after = store.operations.verify({ all: false, known: head });
    expect(after).toMatchObject({ hasKnown: true });
    expect(after.brokenEvent).toBeUndefined();
    const spared = store.db.prepare("SELECT id FROM event WHERE erased = 0 ORDER BY id LIMIT 1").pluck().get();
    store.db
      .prepare(
        `UPDATE event SET erased = 1, at = 0, run_id = NULL, integration_id = NULL, fingerprint = NULL, kind = 'erased', cause = NULL,
         detail = NULL WHERE id = ?`,
      )
      .run(spared);
    expect(store.operations.verify({ all: false }).brokenEvent).toBe(spared);
  });

  it("notices content that was put into an erased event, and an erasure that was changed", () => {
    play(1);
    store.operations.erase(ACME.uid, NOW, false);
    const erased = store.db.prepare("SELECT id FROM event WHERE erased = 1 ORDER BY id LIMIT 1").pluck().get();
    store.db.prepare("UPDATE event SET cause = 'target' WHERE id = ?").run(erased);
    expect(store.operations.verify({ all: false }).brokenEvent).toBe(erased);
    store.db.prepare("UPDATE event SET cause = NULL WHERE id = ?").run(erased);
    const erasure = store.db.prepare("SELECT id FROM event WHERE kind = 'integration-erased'").pluck().get();
    store.db.prepare(`UPDATE event SET detail = '{"erased":[1,2,3,4,5]}' WHERE id = ?`).run(erasure);
    expect(store.operations.verify({ all: false }).brokenEvent).toBe(erasure);
  });
});

it("has been thought of for every table that knows of integrations: extend erasure.ts with a table, then this list", () => {
  const columns = store.db
    .prepare(
      `SELECT DISTINCT tables.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND columns.name IN ('track_id', 'integration_id', 'integration', 'uid', 'fingerprint', 'host', 'payload')
       ORDER BY 1`,
    )
    .pluck()
    .all();
  expect(columns).toEqual([
    ...["alert", "answer", "audit", "decision", "event", "finding", "integration", "integration_host", "judgement", "map_decision"],
    ...["milestone", "outbox", "pace", "reading", "rollup_month", "sent_day", "track", "waiver_use", "wording"],
  ]);
});

const CHANGE = { integration: "acme", rule: "certificate/expired", kind: "new", cause: "target" } as const;
