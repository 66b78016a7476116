import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KNOWN_MIGRATIONS } from "../../../src/remember/store/known-migrations.ts";
import { type Migration, migrate, schemaVersion } from "../../../src/remember/store/migrate.ts";
import { built, runChild } from "./child.ts";

const FIRST: Migration = { version: 1, sql: "CREATE TABLE a(x)" };
const SECOND: Migration = { version: 2, sql: "CREATE TABLE b(x); INSERT INTO b SELECT x + 1 FROM a" };
const BROKEN: Migration = { version: 3, sql: "CREATE TABLE c(x); INSERT INTO nowhere VALUES (1)" };

let folder: string;
let file: string;
let db: Database.Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "apirisk-migrate-"));
  file = join(folder, "history.db");
  db = new Database(file);
  db.pragma("journal_mode = WAL");
});
afterEach(async () => {
  db.close();
  await rm(folder, { recursive: true, force: true });
});

describe("migrate", () => {
  it("builds a new file without a backup", async () => {
    await migrate(db, file, [FIRST, SECOND]);
    expect(schemaVersion(db)).toBe(2);
    expect(readdirSync(folder).filter((name) => name.includes("before"))).toEqual([]);
  });

  it("backs an older file up before it changes it, for its owner only", async () => {
    await migrate(db, file, [FIRST]);
    db.exec("INSERT INTO a VALUES (41)");
    await migrate(db, file, [FIRST, SECOND]);
    expect(db.prepare("SELECT x FROM b").get()).toEqual({ x: 42 });
    const backup = new Database(`${file}.before-v2`, { readonly: true });
    expect([schemaVersion(backup), backup.prepare("SELECT x FROM a").get()]).toEqual([1, { x: 41 }]);
    backup.close();
    expect(statSync(`${file}.before-v2`).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.before-v2.unfinished`)).toBe(false);
  });

  it("does nothing the second time", async () => {
    await migrate(db, file, [FIRST]);
    await migrate(db, file, [FIRST, SECOND]);
    rmSync(`${file}.before-v2`);
    await migrate(db, file, [FIRST, SECOND]);
    expect(existsSync(`${file}.before-v2`)).toBe(false);
  });

  it("keeps what was there when a step fails, and can be tried again", async () => {
    await migrate(db, file, [FIRST, SECOND]);
    await expect(migrate(db, file, [FIRST, SECOND, BROKEN])).rejects.toMatchObject({
      name: "StoreFailure",
      message: expect.stringMatching(/nowhere.*a copy from before is .*history\.db\.before-v3/s),
    });
    expect(schemaVersion(db)).toBe(2);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'c'").get()).toEqual({ n: 0 });
    await migrate(db, file, [FIRST, SECOND, { version: 3, sql: "CREATE TABLE c(x)" }]);
    expect(schemaVersion(db)).toBe(3);
  });

  it("leaves the old version usable when it is killed in the middle of a step, and goes on the next time", async () => {
    await migrate(db, file, [FIRST]);
    db.exec("INSERT INTO a VALUES (41)");
    db.close();
    const killed = runChild(
      `import Database from "better-sqlite3";
       import { migrate } from ${JSON.stringify(built("migrate"))};
       const db = new Database(process.argv[1]);
       db.function("die", () => process.kill(process.pid, "SIGKILL"));
       await migrate(db, process.argv[1], [...JSON.parse(process.argv[2]), { version: 3, sql: "UPDATE a SET x = 0; SELECT die()" }]);`,
      [file, JSON.stringify([FIRST, SECOND])],
    );
    expect(await killed.output).toBe("");
    expect(killed.process.signalCode).toBe("SIGKILL");
    db = new Database(file);
    expect([schemaVersion(db), db.prepare("SELECT x FROM a").get()]).toEqual([2, { x: 41 }]);
    const backup = new Database(`${file}.before-v3`, { readonly: true });
    expect(schemaVersion(backup)).toBe(1);
    backup.close();
    await migrate(db, file, [FIRST, SECOND, { version: 3, sql: "UPDATE a SET x = 43" }]);
    expect([schemaVersion(db), db.prepare("SELECT x FROM a").get()]).toEqual([3, { x: 43 }]);
  });

  it("refuses a newer file and leaves it alone", async () => {
    db.pragma("user_version = 3");
    await expect(migrate(db, file, [FIRST, SECOND])).rejects.toMatchObject({ name: "StoreFailure", kind: "newer" });
    expect(schemaVersion(db)).toBe(3);
  });
});

describe("the known migrations", () => {
  it("are numbered in the order of their files, each once, from 1", () => {
    const versions = KNOWN_MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(versions[0]).toBe(1);
  });

  it("make only STRICT tables", async () => {
    await migrate(db, file, KNOWN_MIGRATIONS);
    const tables = db.pragma("table_list") as { name: string; schema: string; type: string; strict: number }[];
    const loose = tables.filter(
      ({ name, schema, type, strict }) => schema === "main" && type === "table" && strict === 0 && !name.startsWith("sqlite_"),
    );
    expect(loose).toEqual([]);
    expect(tables.length).toBeGreaterThan(15);
  });
});
