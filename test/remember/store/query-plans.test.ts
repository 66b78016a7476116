import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KNOWN_MIGRATIONS } from "../../../src/remember/store/known-migrations.ts";
import { operationsOn } from "../../../src/remember/store/operations.ts";
import { runLocks } from "../../../src/remember/store/run-lock.ts";
import { ACME, aCommit, aFinding, aRun, passing, theEnd, ulid } from "../samples.ts";
import { sqlitePlace } from "./sqlite-place.ts";

/** Tables that grow with integrations or nights: five years of a thousand integrations must not be read for one answer. */
const BIG = [
  "audit",
  "answer",
  "question",
  "failure",
  "judgement",
  "sheet",
  "claim",
  "wording",
  "reading",
  "source",
  "digest",
  "finding",
  "event",
  "evidence",
  "evidence_body",
  "configuration",
];

let place: Awaited<ReturnType<typeof sqlitePlace>>;
let db: Database.Database;
/** Every statement that was run, with its values. */
let statements: string[];
beforeEach(async () => {
  place = await sqlitePlace();
  statements = [];
  db = new Database(place.file, { verbose: (sql) => statements.push(String(sql)) });
  for (const { sql } of KNOWN_MIGRATIONS) db.exec(sql);
});
afterEach(async () => {
  db.close();
  await place.remove();
});

describe("reading history", () => {
  it.each<[string, (operations: ReturnType<typeof operationsOn>) => unknown]>([
    ["runsBetween", (operations) => operations.runsBetween(0, Number.MAX_SAFE_INTEGER)],
    ["auditHeads", (operations) => operations.auditHeads(ulid(2), undefined)],
    ["auditHeads of one", (operations) => operations.auditHeads(ulid(2), "acme")],
    ["newestAudits", (operations) => operations.newestAudits()],
    ["audit", (operations) => operations.audit({ run: ulid(2), uid: ACME.uid, vantage: "local" })],
    ["auditsThatDiffer", (operations) => operations.auditsThatDiffer(ulid(1), ulid(2))],
    ["reportableAudits of the newest run", (operations) => operations.reportableAudits(ulid(2))],
    ["reportableAudits of an earlier run", (operations) => operations.reportableAudits(ulid(1))],
    ["run", (operations) => operations.run("q3")],
    ["lastKnown", (operations) => operations.lastKnown(["tls-session"], undefined)],
  ])("scans no table that grows: %s", (_name, ask) => {
    const operations = operationsOn(db, place.file, runLocks(Database, db, place.file));
    for (const n of [1, 2]) {
      operations.beginRun(aRun(n));
      operations.commitAudit(aCommit(n, n === 1 ? {} : { verdicts: [passing({ evidence: "renewed" })], findings: [aFinding(2)] }));
      operations.finishRun(ulid(n), theEnd(n));
    }
    operations.setBaseline({ name: "q3", run: ulid(1), by: "ada", at: 1 });
    statements = [];
    ask(operations);
    const asked = statements.filter((sql) => /^\s*SELECT/.test(sql));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.flatMap((sql) => scansIn(db, sql))).toEqual([]);
  });
});

function scansIn(database: Database.Database, sql: string): readonly string[] {
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as readonly { readonly detail: string }[];
  return plan.map(({ detail }) => detail).filter((detail) => BIG.some((table) => detail.startsWith(`SCAN ${table}`)));
}
