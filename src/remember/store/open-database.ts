import { randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Database } from "better-sqlite3";
import { StoreFailure } from "../../model/history-store.ts";
import { type Access, APPLICATION_ID, checkFile, checkFolder, createPrivateFile, isStillThere } from "./database-file.ts";
import type { Driver } from "./driver.ts";
import { KNOWN_MIGRATIONS } from "./known-migrations.ts";
import { hasLooseWal, refuseStrangeWal } from "./loose-wal.ts";
import { isReadableBy, type Migration, migrate, newer } from "./migrate.ts";

export interface OpenOptions extends Access {
  /** Nothing will be written: a file that a later apirisk wrote may then do, if it says so itself. */
  readonly readOnly?: boolean;
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the history in `file`, making it (0600, its folder 0700) where there is none, and brings its schema up to date.
 * Throws what SQLite and the file system throw, and StoreFailure "corrupt", "not-ours", "not-private" or "newer"; such a file is left
 * untouched.
 */
export async function openDatabase(driver: Driver, file: string, options: OpenOptions = {}): Promise<Database> {
  const { readOnly = false, migrations = KNOWN_MIGRATIONS } = options;
  if (statSync(dirname(file), { throwIfNoEntry: false }) !== undefined) checkFolder(dirname(file), options);
  if (!exists(file)) await createDatabase(driver, file, migrations);
  const checked = checkFile(file, options);
  const known = migrations.at(-1)?.version ?? 0;
  if (checked.version > known) return openNewer(driver, file, known, readOnly);
  if (hasLooseWal(file)) refuseStrangeWal(driver, file);
  const db = new driver(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    // What was checked has to be what was opened: somebody may have put another file there in between.
    if (!isStillThere(file, checked)) throw swapped(file);
    settle(db);
    await migrate(db, file, migrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What a later apirisk wrote is never written to, and read where it says itself that it may be. */
function openNewer(driver: Driver, file: string, known: number, readOnly: boolean): Database {
  const db = new driver(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  if (readOnly && isReadableBy(db, known)) return db;
  const refusal = newer(db, file, known);
  db.close();
  throw refusal;
}

/**
 * Builds the file under another name and links it into place: a file of that name is always whole,
 * and of two processes that start together one wins and both use it.
 */
async function createDatabase(driver: Driver, file: string, migrations: readonly Migration[]): Promise<void> {
  makeFolder(dirname(file));
  const unfinished = `${file}.unfinished-${randomUUID()}`;
  createPrivateFile(unfinished);
  try {
    const db = new driver(unfinished);
    db.pragma("auto_vacuum = INCREMENTAL"); // has to stand before the first table
    db.pragma(`application_id = ${APPLICATION_ID}`);
    settle(db);
    await migrate(db, unfinished, migrations);
    db.close();
    linkInto(file, unfinished);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** With the folders above it. node's own recursive way never ends where a folder can be looked at and nothing made in it, as in /proc. */
function makeFolder(folder: string): void {
  if (tryToMake(folder)) return;
  makeFolder(dirname(folder));
  if (!tryToMake(folder)) throw Object.assign(new Error("no folder can be made there"), { code: "EACCES" });
}

/** False where the folder above is missing, or seems to be. */
function tryToMake(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST" || existsSync(folder)) return true;
    if (code === "ENOENT") return false;
    throw error;
  }
}

/** Settings that SQLite does not keep in the file. `synchronous` falls back to NORMAL on later opens of a WAL file unless it is set. */
function settle(db: Database): void {
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma("foreign_keys = ON");
  db.pragma("trusted_schema = OFF");
}

function linkInto(file: string, unfinished: string): void {
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

function swapped(file: string): StoreFailure {
  return new StoreFailure("not-private", `The history ${file} was replaced while it was opened.`, "See who else writes into its folder.");
}

/** Short: a statement that finds the file locked gives up, and its caller retries it without holding the thread. */
const BUSY_TIMEOUT_MS = 50;
