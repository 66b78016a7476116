import { statSync } from "node:fs";
import type { Database } from "better-sqlite3";
import type { LockHolder } from "../../model/history-store.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { createPrivateFile } from "./database-file.ts";
import type { Driver } from "./driver.ts";
import { prepared } from "./statements.ts";

/**
 * One run at a time: a write transaction on a file beside the history, held open for the whole run. Not an exclusive one: of two that
 * ask for that at the same moment, each holds the shared lock that keeps the other out, and neither gets it.
 * https://www.sqlite.org/lockingv3.html#locking
 * The operating system lets go of it when the process dies, however it dies; no stale lock can be left behind.
 */
export interface RunLocks {
  /** Never waits. `holder` is told to whoever comes too late. */
  take(holder: Required<LockHolder>): Result<void, LockHolder>;
  release(): void;
}

export function runLocks(driver: Driver, history: Database, file: string): RunLocks {
  const lockFile = `${file}.lock.db`;
  let held: Database | undefined;
  return {
    take(holder) {
      if (held !== undefined) return err(holderIn(history));
      const connection = openLock(driver, lockFile);
      try {
        if (!lock(connection)) return err(holderIn(history));
        tell(history, holder);
        held = connection;
        return ok(undefined);
      } finally {
        if (held !== connection) connection.close();
      }
    },
    release() {
      held?.close();
      held = undefined;
    },
  };
}

function openLock(driver: Driver, lockFile: string): Database {
  if (statSync(lockFile, { throwIfNoEntry: false }) === undefined) createUnlessThere(lockFile);
  return new driver(lockFile, { fileMustExist: true, timeout: 0 });
}

function createUnlessThere(lockFile: string): void {
  try {
    createPrivateFile(lockFile);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

/** False where another process has it. A history that is busy is another matter: that one passes, and is the caller's to retry. */
function lock(connection: Database): boolean {
  try {
    connection.exec("BEGIN IMMEDIATE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

function tell(history: Database, { pid, since }: Required<LockHolder>): void {
  prepared(
    history,
    "INSERT INTO lock_holder(id, pid, since) VALUES (1, ?, ?) ON CONFLICT(id) DO UPDATE SET pid = excluded.pid, since = excluded.since",
  ).run(pid, since);
}

function holderIn(history: Database): LockHolder {
  return prepared<[], Required<LockHolder>>(history, "SELECT pid, since FROM lock_holder").get() ?? {};
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}
