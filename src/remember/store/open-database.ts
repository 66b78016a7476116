import { randomUUID } from "node:crypto";
import { accessSync, chmodSync, closeSync, constants, linkSync, mkdirSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Database } from "better-sqlite3";
import { StoreFailure } from "../../model/history-store.ts";
import type { Driver } from "./driver.ts";
import { KNOWN_MIGRATIONS } from "./known-migrations.ts";
import { migrate } from "./migrate.ts";

/** "ARK1": files without it are not ours. */
const APPLICATION_ID = 0x41524b31;

/**
 * Opens the history in `file`, making it (0600, its folder 0700) where there is none, and brings its schema up to date.
 * Throws what SQLite and the file system throw, and StoreFailure "corrupt", "not-ours" or "newer"; such a file is left untouched.
 */
export async function openDatabase(driver: Driver, file: string): Promise<Database> {
  if (!exists(file)) await createDatabase(driver, file);
  accessSync(file, constants.R_OK | constants.W_OK);
  accessSync(dirname(file), constants.W_OK);
  refuseUnlessOurs(file);
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  const db = new driver(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    settle(db);
    await migrate(db, file, KNOWN_MIGRATIONS);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Reads the header only (sqlite.org/fileformat2.html section 1.3): opening a database of somebody else might already change it. */
function refuseUnlessOurs(file: string): void {
  if (!statSync(file).isFile()) throw foreign(file);
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, "r");
  try {
    if (readSync(descriptor, header) < header.length) throw damaged(file);
  } finally {
    closeSync(descriptor);
  }
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(file);
  if (header.readUInt32BE(68) !== APPLICATION_ID) throw foreign(file);
}

/**
 * Builds the file under another name and links it into place: a file of that name is always whole,
 * and of two processes that start together one wins and both use it.
 */
async function createDatabase(driver: Driver, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.unfinished-${randomUUID()}`;
  createPrivateFile(unfinished);
  try {
    const db = new driver(unfinished);
    db.pragma("auto_vacuum = INCREMENTAL"); // has to stand before the first table
    db.pragma(`application_id = ${APPLICATION_ID}`);
    settle(db);
    await migrate(db, unfinished, KNOWN_MIGRATIONS);
    db.close();
    linkInto(file, unfinished);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** An empty file that its owner alone can read; SQLite gives its -wal, -shm and -journal the same mode. */
export function createPrivateFile(file: string): void {
  closeSync(openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW, 0o600));
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

function damaged(file: string): StoreFailure {
  return new StoreFailure(
    "corrupt",
    `The history ${file} is not a whole database.`,
    "Restore a backup of it, or name another file with --db to start a new history.",
  );
}

function foreign(file: string): StoreFailure {
  return new StoreFailure("not-ours", `The database ${file} was not made by apirisk.`, "Name another file with --db.");
}

const MAGIC = Buffer.from("SQLite format 3\0", "latin1");

/** Short: a statement that finds the file locked gives up, and its caller retries it without holding the thread. */
const BUSY_TIMEOUT_MS = 50;
