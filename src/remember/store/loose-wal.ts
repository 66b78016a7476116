import { readFileSync, rmSync, statSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { StoreFailure } from "../../model/history-store.ts";
import type { Driver } from "./driver.ts";

/** A -wal without its -shm was put there by hand: programs that write leave both, also when they are killed. */
export function hasLooseWal(file: string): boolean {
  const wal = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return wal !== undefined && wal.size > 0 && statSync(`${file}-shm`, { throwIfNoEntry: false }) === undefined;
}

/**
 * SQLite does not know whose -wal lies beside a file, and would replace the history by what is in it. Runs and events are only ever added:
 * with its own -wal a file still has what it has alone. Looked at through a connection that cannot write, which leaves both as they are.
 */
export function refuseStrangeWal(driver: Driver, file: string): void {
  const alone = newestWithoutWal(driver, file);
  const db = new driver(file, { readonly: true, fileMustExist: true });
  const belongs = isWhole(db) && has(db, alone);
  db.close();
  rmSync(`${file}-shm`, { force: true });
  if (belongs) return;
  throw new StoreFailure(
    "corrupt",
    `The history ${file} and the -wal beside it do not belong together.`,
    "Restore a backup, or put the -wal of the same moment beside it; copies of a history are made with: apirisk run backup FILE.",
  );
}

interface Newest {
  readonly run: string | null;
  readonly event: Buffer | null;
}

/** Of the file alone, read into memory; its header is told there that it has no -wal (sqlite.org/fileformat2.html section 1.3.3). */
function newestWithoutWal(driver: Driver, file: string): Newest {
  const bytes = readFileSync(file);
  bytes.writeUInt8(1, 18);
  bytes.writeUInt8(1, 19);
  const db = new driver(bytes);
  try {
    const newest = db.prepare<[], Newest>(
      "SELECT (SELECT ulid FROM run ORDER BY id DESC LIMIT 1) AS run, (SELECT hash FROM event ORDER BY id DESC LIMIT 1) AS event",
    );
    return newest.get() ?? NOTHING;
  } catch {
    return NOTHING; // killed while pages were moved from the -wal into it: only together they are whole
  } finally {
    db.close();
  }
}

const NOTHING: Newest = { run: null, event: null };

function has(db: Database, { run, event }: Newest): boolean {
  const there = db.prepare<[string | null, Buffer | null], { run: number; event: number }>(
    "SELECT EXISTS (SELECT 1 FROM run WHERE ulid = ?) AS run, EXISTS (SELECT 1 FROM event WHERE hash = ?) AS event",
  );
  const found = there.get(run, event);
  return (run === null || found?.run === 1) && (event === null || found?.event === 1);
}

function isWhole(db: Database): boolean {
  try {
    return (
      db.pragma("integrity_check(1)", { simple: true }) === "ok" && (db.pragma("foreign_key_check") as readonly unknown[]).length === 0
    );
  } catch {
    return false; // what makes SQLite throw is not whole
  }
}
