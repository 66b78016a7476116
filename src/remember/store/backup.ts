import { closeSync, constants, fsyncSync, linkSync, openSync, rmSync, statfsSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Database } from "better-sqlite3";
import { StoreFailure } from "../../model/history-store.ts";
import { createPrivateFile } from "./database-file.ts";
import { storeFailure } from "./store-failures.ts";

/** Copies the history while others may write (sqlite.org/backup.html): whole under its name or not there at all. Returns its bytes. */
export async function backUpTo(db: Database, destination: string): Promise<number> {
  if (statSync(destination, { throwIfNoEntry: false }) !== undefined) throw exists(destination);
  requireSpace(destination, sizeOf(db));
  await copyWhole(db, destination);
  return statSync(destination).size;
}

/** Through a name that nobody takes for the copy, and never over a file that is there. */
export async function copyWhole(db: Database, destination: string): Promise<void> {
  const unfinished = `${destination}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    createPrivateFile(unfinished);
    await db.backup(unfinished);
    flush(unfinished);
    linkSync(unfinished, destination);
    flush(dirname(destination));
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw exists(destination);
    throw storeFailure(error, destination);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Bytes of the database as its pages count them; what is still in the -wal included. */
export function sizeOf(db: Database): number {
  return Number(db.pragma("page_count", { simple: true })) * Number(db.pragma("page_size", { simple: true }));
}

/** Throws StoreFailure "full" where the file system of `file` has less than `bytes` left for us. */
export function requireSpace(file: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dirname(file));
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new StoreFailure(
    "full",
    `${basename(file)} needs ${bytes} bytes in ${dirname(file)}, and ${free} are free.`,
    "Free some space there, or name another place; nothing was changed.",
  );
}

function flush(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function exists(destination: string): StoreFailure {
  return new StoreFailure("not-writable", `${destination} is there already.`, "Name a new file; a backup never replaces one.");
}
