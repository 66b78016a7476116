import { chmod, chown, mkdir, open, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StoreFailureKind } from "../../../src/model/history-store.ts";
import { openSqliteHistory } from "../../../src/remember/store/sqlite-history.ts";
import { ACME, aCommit, aFinding, aRun, NOON, theEnd, ulid } from "../samples.ts";
import { built, NOBODY, runChild } from "./child.ts";
import { sqlitePlace } from "./sqlite-place.ts";

let place: Awaited<ReturnType<typeof sqlitePlace>>;
beforeEach(async () => {
  place = await sqlitePlace();
});
afterEach(() => place.remove());

/** Writes to the history until it is told to end. */
const HOLDS_A_TRANSACTION = `import Database from "better-sqlite3";
const db = new Database(process.argv[1]);
db.exec("BEGIN IMMEDIATE");
process.on("SIGTERM", () => { db.exec("ROLLBACK"); process.exit(0); });
setInterval(() => {}, 1000);
console.log("held");`;

async function auditOnce(): Promise<void> {
  const store = await place.open();
  await store.beginRun(aRun(1));
  await store.commitAudit(aCommit(1));
  await store.finishRun(ulid(1), theEnd(1));
  await store.close();
}

function expectRefused(kind: StoreFailureKind, file = place.file) {
  return expect(openSqliteHistory({ file })).rejects.toMatchObject({
    name: "StoreFailure",
    kind,
    message: expect.stringContaining(file),
    next: expect.stringMatching(/./),
  });
}

describe("a history that cannot be used is refused and left as it is", () => {
  it.each([
    ["not a database", "corrupt", () => writeFile(place.file, "garbage, and a lot of it. ".repeat(500))],
    ["an empty file", "corrupt", () => writeFile(place.file, "")],
    ["a folder", "not-ours", () => mkdir(place.file)],
    ["cut off", "corrupt", () => auditOnce().then(() => truncate(place.file, 5000))],
    ["of another program", "not-ours", () => inSqlite("db.exec('CREATE TABLE t(a)')")],
    ["of a newer apirisk", "newer", () => auditOnce().then(() => inSqlite("db.pragma('user_version = 99')"))],
  ] as const)("%s: %s", async (_what, kind, prepare) => {
    await prepare();
    const isFolder = (await stat(place.file)).isDirectory();
    const before = isFolder ? undefined : await readFile(place.file);
    const mode = await modeOf(place.file);
    await expectRefused(kind);
    if (!isFolder) expect((await readFile(place.file)).equals(before ?? Buffer.of())).toBe(true);
    expect(await modeOf(place.file)).toBe(mode);
  });

  it("tells a damaged page from an empty history", async () => {
    await auditOnce();
    const page = Number(await attemptInSqlite("SELECT rootpage FROM sqlite_schema WHERE name = 'run'"));
    const file = await open(place.file, "r+");
    await file.write(Buffer.alloc(4096, 0xab), 0, 4096, (page - 1) * 4096);
    await file.close();
    const store = await place.open();
    await expect(store.runs(10)).rejects.toMatchObject({ kind: "corrupt" });
    await expect(store.knowledge(ACME.uid, "local")).rejects.toMatchObject({ kind: "corrupt" });
    expect((await store.health()).integrity).not.toBe("ok");
    await store.close();
  });

  it("finds a changed event in the chain", async () => {
    await auditOnce();
    await inSqlite("db.exec(`UPDATE event SET cause = 'time'`)");
    const store = await place.open();
    expect((await store.health()).integrity).toBe("the chain of events is broken at event 1");
    await store.close();
  });

  it("lets nobody delete events or rewrite their hashes", async () => {
    await auditOnce();
    expect(await attemptInSqlite("DELETE FROM event")).toBe("events are append-only");
    expect(await attemptInSqlite("UPDATE event SET hash = x'00'")).toBe("events are append-only");
  });

  it.each([
    ["a file", async () => chmod(place.file, 0o444)],
    ["a folder", async () => chmod(place.folder, 0o555)],
  ])("says not-writable for %s that may only be read", async (_what, protect) => {
    await auditOnce();
    await giveAway();
    await protect();
    expect(await kindSeenByOthers(place.file)).toBe("not-writable");
    await chmod(place.folder, 0o700);
  });

  it("says not-writable where no file can be made", async () => {
    await chmod(place.folder, 0o555);
    expect(await kindSeenByOthers(join(place.folder, "deeper", "history.db"))).toBe("not-writable");
    await chmod(place.folder, 0o700);
    await writeFile(join(place.folder, "file"), "x");
    await expectRefused("not-writable", join(place.folder, "file", "history.db"));
  });

  it("says not-writable, and ends, where a folder seems to be missing and cannot be made", async ({ skip }) => {
    if (process.platform !== "linux") skip("there is no /proc");
    await expectRefused("not-writable", "/proc/nowhere/deeper/history.db");
  });
});

describe("who can read it", () => {
  it("makes every file 0600 and the folder 0700", async () => {
    const file = join(place.folder, "made", "history.db");
    const store = await openSqliteHistory({ file });
    await store.acquireLock(0);
    await store.beginRun(aRun(1));
    await store.commitAudit(aCommit(1));
    const modes = await Promise.all(
      (await readdir(join(place.folder, "made"))).sort().map(async (name) => [name, await modeOf(join(place.folder, "made", name))]),
    );
    expect(modes).toEqual([
      ["history.db", 0o600],
      ["history.db-shm", 0o600],
      ["history.db-wal", 0o600],
      ["history.db.lock.db", 0o600],
      ["history.db.lock.db-journal", 0o600],
    ]);
    expect(await modeOf(join(place.folder, "made"))).toBe(0o700);
    await store.close();
  });

  it("takes back what a looser file gave away", async () => {
    await auditOnce();
    await chmod(place.file, 0o644);
    await (await place.open()).close();
    expect(await modeOf(place.file)).toBe(0o600);
  });
});

describe("several processes", () => {
  it("is made once when many start together, and one of them gets the lock", async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => place.open()));
    const locks = await Promise.all(stores.map((store) => store.acquireLock(0)));
    expect(locks.filter(({ ok }) => ok)).toHaveLength(1);
    await stores[3]?.beginRun(aRun(1));
    expect((await stores[5]?.runs(1))?.[0]?.ulid).toBe(ulid(1));
    await Promise.all(stores.map((store) => store.close()));
    expect((await readdir(place.folder)).filter((name) => name.includes("unfinished"))).toEqual([]);
  });

  it("waits for another writer, and says locked when that takes too long", async () => {
    await auditOnce();
    const holder = runChild(HOLDS_A_TRANSACTION, [place.file]);
    expect(await holder.firstLine).toBe("held");
    const hasty = await openSqliteHistory({ file: place.file, busyTimeoutMs: 1 });
    await expect(hasty.beginRun(aRun(2))).rejects.toMatchObject({ kind: "locked" });
    expect(await hasty.runs(5)).toHaveLength(1);
    const patient = await place.open();
    const written = patient.beginRun(aRun(2));
    holder.process.kill("SIGTERM");
    await written;
    expect((await hasty.runs(5)).map((run) => run.ulid)).toEqual([ulid(2), ulid(1)]);
    await Promise.all([hasty.close(), patient.close(), holder.output]);
  });

  it("does not take a writer of the history for a run that holds the lock", async () => {
    await auditOnce();
    const writer = runChild(HOLDS_A_TRANSACTION, [place.file]);
    expect(await writer.firstLine).toBe("held");
    const hasty = await openSqliteHistory({ file: place.file, busyTimeoutMs: 1 });
    await expect(hasty.acquireLock(0)).rejects.toMatchObject({ name: "StoreFailure", kind: "locked" });
    const patient = await place.open();
    const taken = patient.acquireLock(0);
    writer.process.kill("SIGTERM");
    expect((await taken).ok).toBe(true);
    expect(await hasty.acquireLock(0)).toMatchObject({ ok: false, error: { pid: process.pid } });
    await Promise.all([hasty.close(), patient.close(), writer.output]);
  });

  it("frees the lock at once when its holder is killed, and names the holder before", async () => {
    const holder = runChild(
      `import { openSqliteHistory } from ${JSON.stringify(built("sqlite-history"))};
       const store = await openSqliteHistory({ file: process.argv[1], now: () => ${NOON} });
       const lock = await store.acquireLock(0);
       await store.beginRun(${JSON.stringify(aRun(1))});
       console.log(lock.ok);
       setInterval(() => {}, 1000);`,
      [place.file],
    );
    expect(await holder.firstLine).toBe("true");
    const store = await place.open();
    expect(await store.acquireLock(0)).toEqual({ ok: false, error: { pid: holder.process.pid, since: NOON } });
    holder.process.kill("SIGKILL");
    await holder.output;
    expect((await store.acquireLock(0)).ok).toBe(true);
    expect(await store.sweepCrashed(NOON)).toEqual([ulid(1)]);
    await store.close();
  });
});

describe("killed", () => {
  it("in the middle of an audit's transaction: that audit never was, the ones before stay", async () => {
    const other = { ...ACME, uid: "0d9f3c1e-0000-5000-8000-000000000002", id: "other" };
    const killed = runChild(
      `import { loadDriver } from ${JSON.stringify(built("driver"))};
       import { openDatabase } from ${JSON.stringify(built("open-database"))};
       import { recordRun } from ${JSON.stringify(built("runs"))};
       import { recordAudit } from ${JSON.stringify(built("audits"))};
       import { writeSync } from "node:fs";
       const db = await openDatabase(await loadDriver(""), process.argv[1]);
       const [first, second] = JSON.parse(process.argv[2]);
       recordRun(db, ${JSON.stringify(aRun(1))});
       db.transaction(() => recordAudit(db, first)).immediate();
       db.transaction(() => {
         recordAudit(db, second);
         db.exec("CREATE TABLE ballast AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT i FROM n");
         writeSync(1, db.inTransaction + "\\n");
         Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
       }).immediate();`,
      [
        place.file,
        JSON.stringify([
          aCommit(1),
          aCommit(1, { integration: other, findings: [aFinding(1, { integrationUid: other.uid, integrationId: "other" })], events: [] }),
        ]),
      ],
    );
    expect(await killed.firstLine).toBe("true");
    killed.process.kill("SIGKILL");
    await killed.output;
    const store = await place.open();
    expect(await store.sweepCrashed(NOON)).toEqual([ulid(1)]);
    expect((await store.auditsOf(ulid(1))).map((audit) => audit.integrationId)).toEqual(["acme"]);
    expect((await store.knowledge(other.uid, "local")).known).toBe(false);
    expect((await store.findings({})).map((finding) => [finding.integrationId, finding.presence])).toEqual([["acme", "open"]]);
    expect((await store.health()).integrity).toBe("ok");
    await store.close();
  });
});

describe("the main thread", () => {
  it("never loads SQLite, and is free to end while a history is open", async () => {
    const child = runChild(
      `import { createRequire } from "node:module";
       import { openSqliteHistory } from ${JSON.stringify(built("sqlite-history"))};
       const store = await openSqliteHistory({ file: process.argv[1] });
       await store.acquireLock(0);
       await store.beginRun(${JSON.stringify(aRun(1))});
       await store.commitAudit(JSON.parse(process.argv[2]));
       await store.knowledge("${ACME.uid}", "local");
       const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes("better-sqlite3"));
       console.log(JSON.stringify(loaded));`,
      [place.file, JSON.stringify(aCommit(1))],
    );
    expect(await child.output).toBe("[]\n");
    expect(child.process.exitCode).toBe(0);
    const store = await place.open();
    expect((await store.health()).counts.audit).toBe(1);
    await store.close();
  });
});

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

/** Opens a history as somebody who is not root, and gives the kind of the failure. */
async function kindSeenByOthers(file: string): Promise<string> {
  const child = runChild(
    `import { openSqliteHistory } from ${JSON.stringify(built("sqlite-history"))};
     await openSqliteHistory({ file: process.argv[1] }).then(() => console.log("opened"), (failure) => console.log(failure.kind));`,
    [file],
    { unprivileged: true },
  );
  return (await child.output).trim();
}

/** Tests may run as root, for whom nothing is protected: then somebody else has to own what he may not write. */
async function giveAway(): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (const path of [place.folder, place.file]) await chown(path, NOBODY, NOBODY);
}

async function inSqlite(statement: string): Promise<void> {
  await runChild(`import Database from "better-sqlite3"; const db = new Database(process.argv[1]); ${statement}; db.close();`, [place.file])
    .output;
}

async function attemptInSqlite(sql: string): Promise<string> {
  const script = `import Database from "better-sqlite3"; const db = new Database(process.argv[1]);
    const statement = db.prepare(process.argv[2]);
    try { console.log(statement.reader ? statement.pluck().get() : statement.run().changes); } catch (error) { console.log(error.message); }`;
  return (await runChild(script, [place.file, sql]).output).trim();
}
