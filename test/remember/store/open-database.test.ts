import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadDriver } from "../../../src/remember/store/driver.ts";
import { openDatabase } from "../../../src/remember/store/open-database.ts";
import { operationsOn } from "../../../src/remember/store/operations.ts";
import { runLocks } from "../../../src/remember/store/run-lock.ts";
import { storeFailure } from "../../../src/remember/store/store-failures.ts";
import { aCommit, aRun, observed } from "../samples.ts";

let folder: string;
let file: string;
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "apirisk-open-"));
  file = join(folder, "history.db");
  db = await openDatabase(await loadDriver(file), file);
});
afterEach(async () => {
  db.close();
  await rm(folder, { recursive: true, force: true });
});

const settings = () =>
  ["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "auto_vacuum", "application_id"].map((name) =>
    db.pragma(name, { simple: true }),
  );

describe("openDatabase", () => {
  it("settles durability and safety on the first open and on every later one", async () => {
    const FULL = 2;
    const INCREMENTAL = 2;
    expect(settings()).toEqual(["wal", FULL, 1, 0, INCREMENTAL, 0x41524b31]);
    db.close();
    db = await openDatabase(await loadDriver(file), file);
    expect(settings()).toEqual(["wal", FULL, 1, 0, INCREMENTAL, 0x41524b31]);
  });

  it("keeps earlier audits whole when the disk is full", async () => {
    const operations = operationsOn(db, file, runLocks(await loadDriver(file), db, file));
    operations.beginRun(aRun(1));
    operations.commitAudit(aCommit(1));
    operations.beginRun(aRun(2));
    const before = operations.health().counts;
    db.pragma(`max_page_count = ${Number(db.pragma("page_count", { simple: true })) + 2}`);
    const big = aCommit(2, { observations: Array.from({ length: 200 }, (_, i) => observed(`kind-${i}`, { noise: Math.sin(i), i })) });
    let failure: unknown;
    try {
      operations.commitAudit(big);
    } catch (error) {
      failure = storeFailure(error, file);
    }
    expect(failure).toMatchObject({ name: "StoreFailure", kind: "full" });
    expect(operations.health()).toMatchObject({ counts: before, integrity: "ok" });
    db.pragma("max_page_count = 1000000");
    operations.commitAudit(big);
    expect(operations.health().counts.audit).toBe(2);
  });
});

describe("storeFailure", () => {
  it.each([
    ["SQLITE_BUSY_SNAPSHOT", "locked"],
    ["SQLITE_NOTADB", "corrupt"],
    ["SQLITE_CORRUPT_VTAB", "corrupt"],
    ["SQLITE_FULL", "full"],
    ["ENOSPC", "full"],
    ["SQLITE_READONLY_DBMOVED", "not-writable"],
    ["SQLITE_CANTOPEN", "not-writable"],
    ["EACCES", "not-writable"],
    ["EROFS", "not-writable"],
    ["SQLITE_IOERR_READ", "not-readable"],
    ["EISDIR", "not-readable"],
    ["ERR_DLOPEN_FAILED", "driver-missing"],
    ["SQLITE_CONSTRAINT_UNIQUE", "bug"],
    ["", "bug"],
  ])("%s is %s", (code, kind) => {
    const failure = storeFailure(Object.assign(new Error("near 'secret': syntax error"), { code }), "/h.db");
    expect(failure).toMatchObject({ kind, message: expect.stringContaining("/h.db"), next: expect.stringMatching(/\.$/) });
    if (kind !== "bug") expect(failure.message).not.toContain("secret");
  });

  it("takes anything that was thrown", () => {
    expect(storeFailure(undefined, "/h.db").kind).toBe("bug");
    expect(storeFailure("text", "/h.db").kind).toBe("bug");
  });
});
