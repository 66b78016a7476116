import { accessSync, closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { StoreFailure } from "../../model/history-store.ts";

export interface Access {
  /** Accepts a file or folder that others may write; APIRISK_ALLOW_INSECURE_PERMS. */
  readonly allowInsecure?: boolean;
}

/** "ARK1": files without it are not ours. */
export const APPLICATION_ID = 0x41524b31;

/** What a file is known by, whatever its name, and what its header says. */
export interface CheckedFile {
  readonly dev: number;
  readonly ino: number;
  /** Of the schema, as of the last checkpoint. */
  readonly version: number;
}

/** A folder that anybody may write into lets anybody replace the history. The sticky bit of /tmp keeps others from that. */
export function checkFolder(folder: string, { allowInsecure = false }: Access): void {
  const { mode } = statSync(folder);
  const anybodyReplaces = (mode & 0o002) !== 0 && (mode & 0o1000) === 0;
  if (anybodyReplaces && !allowInsecure) throw notPrivate(folder, "may be written by anybody", `chmod o-w ${folder}`);
}

/**
 * Reads the header only (sqlite.org/fileformat2.html section 1.3): opening a database of somebody else might already change it.
 * No symbolic link; everything is asked of the open file, so that nobody can exchange it in between. A mode that lets others read is taken back.
 */
export function checkFile(file: string, { allowInsecure = false }: Access): CheckedFile {
  accessSync(file, constants.R_OK | constants.W_OK);
  accessSync(dirname(file), constants.W_OK);
  if (lstatSync(file).isSymbolicLink() && !allowInsecure) {
    throw notPrivate(file, "is a symbolic link", "name the file that it points to with --db");
  }
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | (allowInsecure ? 0 : constants.O_NOFOLLOW));
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw foreign(file);
    const header = ourHeader(file, descriptor);
    if (!allowInsecure) makePrivate(file, descriptor, stats);
    return { dev: stats.dev, ino: stats.ino, version: header.readUInt32BE(60) };
  } finally {
    closeSync(descriptor);
  }
}

/** Whether `file` still names what was checked. */
export function isStillThere(file: string, { dev, ino }: Pick<CheckedFile, "dev" | "ino">): boolean {
  const now = statSync(file);
  return now.dev === dev && now.ino === ino;
}

/** An empty file that its owner alone can read; SQLite gives its -wal, -shm and -journal the same mode. */
export function createPrivateFile(file: string): void {
  closeSync(openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW, 0o600));
}

function ourHeader(file: string, descriptor: number): Buffer {
  const header = Buffer.alloc(100);
  if (readSync(descriptor, header) < header.length) throw damaged(file);
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(file);
  if (header.readUInt32BE(68) !== APPLICATION_ID) throw foreign(file);
  return header;
}

function makePrivate(file: string, descriptor: number, { mode, uid }: Stats): void {
  if (process.getuid !== undefined && uid !== process.getuid()) throw notPrivate(file, "belongs to another user", "chown it");
  if ((mode & 0o077) !== 0) fchmodSync(descriptor, 0o600);
}

function notPrivate(path: string, says: string, what: string): StoreFailure {
  return new StoreFailure(
    "not-private",
    `${path} ${says}.`,
    `The history tells what a company depends on: ${what}, or set APIRISK_ALLOW_INSECURE_PERMS=1.`,
  );
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
