import { rmSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { StoreFailure } from "../../model/history-store.ts";
import { copyWhole, requireSpace, sizeOf } from "./backup.ts";
import { storeFailure } from "./store-failures.ts";

export interface Migration {
  /** Rising, with or without gaps; becomes the file's user_version. */
  readonly version: number;
  /** The oldest version that can still read a file of this one; left out where what was there is read as before. */
  readonly minReader?: number;
  readonly sql: string;
}

/** Schema version of the file. */
export function schemaVersion(db: Database): number {
  return Number(db.pragma("user_version", { simple: true }));
}

/**
 * Brings the schema to the newest version, one transaction per step; a step that fails leaves the file as it was.
 * A file that already holds something is backed up first as `<file>.before-v<target>`; where there is no room for that, nothing is done.
 * Throws StoreFailure "newer" for a file that a later apirisk wrote, which is not touched.
 */
export async function migrate(db: Database, file: string, migrations: readonly Migration[]): Promise<void> {
  const target = migrations.at(-1)?.version ?? 0;
  const found = schemaVersion(db);
  if (found > target) throw newer(db, file, target);
  if (found === target) return;
  if (found === 0) return applyAll(db, migrations);
  const backup = `${file}.before-v${target}`;
  requireSpace(file, 2 * sizeOf(db));
  rmSync(backup, { force: true });
  await copyWhole(db, backup);
  try {
    applyAll(db, migrations);
  } catch (error) {
    const { kind, message, next } = storeFailure(error, file);
    throw new StoreFailure(kind, `${message} It was to become schema version ${target}; a copy from before is ${backup}.`, next, {
      cause: error,
    });
  }
}

/** Whether an apirisk that knows versions up to `known` may read the file, which a later one wrote. */
export function isReadableBy(db: Database, known: number): boolean {
  return (metaOf(db, "min_reader") ?? Number.POSITIVE_INFINITY) <= known;
}

export function newer(db: Database, file: string, target: number): StoreFailure {
  const writer = lastWriter(db);
  const needs = writer === undefined ? "a newer apirisk" : `apirisk ${writer} or newer`;
  return new StoreFailure(
    "newer",
    `The history ${file} has schema version ${schemaVersion(db)} and needs ${needs}; this one knows versions up to ${target}.`,
    "Use the newer apirisk that wrote it, or name another file with --db.",
  );
}

function applyAll(db: Database, migrations: readonly Migration[]): void {
  for (const migration of migrations) apply(db, migration);
}

function apply(db: Database, { version, sql, minReader }: Migration): void {
  db.transaction(() => {
    // Read inside the transaction: another process may have migrated meanwhile.
    if (schemaVersion(db) >= version) return;
    db.exec(sql);
    db.exec("CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID");
    const write = db.prepare("INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
    if (minReader !== undefined) write.run("min_reader", String(minReader));
    db.pragma(`user_version = ${version}`);
  }).immediate();
}

/** Undefined too in a file without the table, or with another one of that name. */
function metaOf(db: Database, key: string): number | undefined {
  try {
    const row = db.prepare<[string], { value: string }>("SELECT value FROM meta WHERE key = ?").get(key);
    return row === undefined ? undefined : Number(row.value);
  } catch {
    return undefined;
  }
}

/** Version of the apirisk that ran last; a layout of the future may not tell. */
function lastWriter(db: Database): string | undefined {
  try {
    const version = db.prepare<[], { version: string }>("SELECT tool_version AS version FROM run ORDER BY id DESC LIMIT 1").get()?.version;
    return version !== undefined && /^\d+\.\d+\.\d+[\w.-]{0,20}$/.test(version) ? version : undefined;
  } catch {
    return undefined;
  }
}
