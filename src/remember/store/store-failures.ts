import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { StoreFailure, type StoreFailureKind } from "../../model/history-store.ts";

/** A StoreFailure as it crosses the thread boundary, which keeps no classes. */
export interface FailureNote {
  readonly kind: StoreFailureKind;
  readonly message: string;
  readonly next: string;
}

export function noteOf(failure: StoreFailure): FailureNote {
  return { kind: failure.kind, message: failure.message, next: failure.next };
}

export function failureFrom(note: FailureNote): StoreFailure {
  return new StoreFailure(note.kind, note.message, note.next);
}

/**
 * What an error of SQLite, the file system or the driver means for the user of `file`.
 * Only codes are read and repeated: messages of SQLite may quote statements.
 */
export function storeFailure(error: unknown, file: string): StoreFailure {
  if (error instanceof StoreFailure) return error;
  const code = codeOf(error);
  const kind = kindOf(code);
  const [says, next] = SENTENCES[kind];
  if (kind === "full") return new StoreFailure(kind, `The history ${file} ${says} (${code}): ${roomBeside(file)}.`, next, { cause: error });
  const detail = kind === "bug" ? `${code || "no code"}: ${String(error)}` : code;
  return new StoreFailure(kind, `The history ${file} ${says} (${detail}).`, next, { cause: error });
}

function roomBeside(file: string): string {
  const needed = `a run needs up to ${ROOM_OF_A_RUN} bytes`;
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return `${bavail * bsize} bytes are free there, ${needed}`;
  } catch {
    return needed; // where even that cannot be asked, the failure itself is what matters
  }
}

/** A run of a thousand integrations that are all new writes about 11 MB (docs/benchmarks.md). */
const ROOM_OF_A_RUN = 16 * 1024 * 1024;

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return String(error.code);
}

/** Result codes: sqlite.org/rescode.html; errno names: node's os.constants. */
function kindOf(code: string): FoundKind {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return "locked";
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return "corrupt";
  if (code === "ELOOP") return "not-private";
  if (FULL.has(code)) return "full";
  if (/^SQLITE_(READONLY|PERM|CANTOPEN)/.test(code) || WRITE_REFUSED.has(code)) return "not-writable";
  if (/^SQLITE_IOERR/.test(code) || READ_REFUSED.has(code)) return "not-readable";
  if (DRIVER_MISSING.has(code)) return "driver-missing";
  return "bug";
}

/** The -shm is made by setting its size, which is where a full disk shows first. */
const FULL = new Set(["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "ENOSPC", "EDQUOT"]);
const WRITE_REFUSED = new Set(["EACCES", "EPERM", "EROFS", "ENOTDIR", "ENOENT"]);
const READ_REFUSED = new Set(["EIO", "EISDIR", "EMFILE", "ENFILE"]);
const DRIVER_MISSING = new Set(["ERR_DLOPEN_FAILED", "ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

/** "no-place" is found before there is a file. */
type FoundKind = Exclude<StoreFailureKind, "no-place">;

const SENTENCES: Readonly<Record<FoundKind, readonly [says: string, next: string]>> = {
  "not-ours": ["was not made by apirisk", "Name another file with --db."],
  "not-private": ["can be read or written by others", "Take that right from them, or set APIRISK_ALLOW_INSECURE_PERMS=1."],
  corrupt: ["is damaged or not a database", "Restore a backup of it, or move it away and start a new history; nothing was changed."],
  newer: ["was written by a newer apirisk", "Use that version, or name another file with --db."],
  locked: ["is being written by another process, for too long", "Try again when the other process is done."],
  full: ["could not grow", "Free some space on its disk and run again; what was committed before is kept."],
  "not-writable": ["cannot be written", "Check the permissions of the file and its folder, or name another file with --db."],
  "not-readable": ["cannot be read", "Check the disk and the permissions of the file, or name another file with --db."],
  "driver-missing": [
    "cannot be opened, because better-sqlite3 has no binary for this Node.js",
    "Run `npm rebuild better-sqlite3`, or audit with --no-history.",
  ],
  bug: ["answered in a way that apirisk did not expect", "Please report this; nothing of the failed step was kept."],
};
