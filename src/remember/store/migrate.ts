import { closeSync, openSync, renameSync, rmSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { StoreFailure } from "../../model/history-store.ts";

export interface Migration {
  /** 1, 2, 3 ...; becomes the file's user_version. */
  readonly version: number;
  /** The oldest version that can still read a file of this one; left out where nothing that was there is read differently. */
  readonly minReader?: number;
  readonly sql: string;
}

/** Schema version of the file. */
export function schemaVersion(db: Database): number {
  return Number(db.pragma("user_version", { simple: true }));
}

/**
 * Brings the schema to the newest version, one transaction per step; a step that fails leaves the file as it was.
 * A file that already holds something is backed up first as `<file>.before-v<target>`.
 * Throws StoreFailure "newer" for a file that a later apirisk wrote, which is not touched.
 */
export async function migrate(db: Database, file: string, migrations: readonly Migration[]): Promise<void> {
  const target = migrations.at(-1)?.version ?? 0;
  const found = schemaVersion(db);
  if (found > target) throw newer(file, found, target);
  if (found === target) return;
  if (found > 0) await backUp(db, `${file}.before-v${target}`);
  for (const migration of migrations) apply(db, migration);
}

function apply(db: Database, migration: Migration): void {
  db.transaction(() => {
    // Read inside the transaction: another process may have migrated meanwhile.
    if (schemaVersion(db) >= migration.version) return;
    db.exec(migration.sql);
    db.pragma(`user_version = ${migration.version}`);
  }).immediate();
}

/** Online backup, whole or not there at all, readable by its owner only. */
async function backUp(db: Database, destination: string): Promise<void> {
  const unfinished = `${destination}.unfinished`;
  rmSync(unfinished, { force: true });
  closeSync(openSync(unfinished, "wx", 0o600));
  await db.backup(unfinished);
  renameSync(unfinished, destination);
}

function newer(file: string, found: number, target: number): StoreFailure {
  return new StoreFailure(
    "newer",
    `The history ${file} has schema version ${found}; this apirisk knows versions up to ${target}.`,
    "Use the newer apirisk that wrote it, or name another file with --db.",
  );
}
