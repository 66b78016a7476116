import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, realpath, rename, stat, unlink } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { AppendFile, FilePort, FileProblem } from "../model/file-port.ts";
import { err, ok, type Result } from "../model/result.ts";

/** The real file system. Regular files only: a pipe or a device has no end, and a rename would replace it. */
export function createFilePort(): FilePort {
  return { readText, readTextBelow, readBytes, writeWhole, openAppend, findUpward };
}

/** For a process whose working folder was removed: a relative path would lead into whatever folder it stands in now. */
export function wholePathsOnly(files: FilePort): FilePort {
  const refused = async (kind: "not-readable" | "not-writable", path: string) =>
    err({ kind, path, detail: "is relative to the folder that this was started in, which was removed" });
  return {
    readText: (path, maxBytes) => (isAbsolute(path) ? files.readText(path, maxBytes) : refused("not-readable", path)),
    readTextBelow: (folders, path, maxBytes) =>
      folders.every((folder) => isAbsolute(folder)) ? files.readTextBelow(folders, path, maxBytes) : refused("not-readable", path),
    readBytes: (path, maxBytes) => (isAbsolute(path) ? files.readBytes(path, maxBytes) : refused("not-readable", path)),
    writeWhole: (path, content, mode) => (isAbsolute(path) ? files.writeWhole(path, content, mode) : refused("not-writable", path)),
    openAppend: (path) => (isAbsolute(path) ? files.openAppend(path) : refused("not-writable", path)),
    findUpward: (name, from) => files.findUpward(name, from),
  };
}

async function readText(path: string, maxBytes: number): Promise<Result<string, FileProblem>> {
  const bytes = await readBytes(path, maxBytes);
  if (!bytes.ok) return bytes;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.value);
    if (!text.includes("\0")) return ok(text);
  } catch {
    // not UTF-8
  }
  return err({ kind: "not-text", path, detail: "is not UTF-8 text" });
}

async function readTextBelow(folders: readonly string[], path: string, maxBytes: number): Promise<Result<string, FileProblem>> {
  const whole = resolve(folders[0] ?? "", path);
  const outside: FileProblem = { kind: "outside", path: whole, detail: "lies outside of the folders that may be read" };
  let real: string;
  try {
    real = await realpath(whole);
  } catch (error) {
    // What is there elsewhere on the machine is nothing that whoever wrote the path may ask.
    return err((await isBelow(folders, whole)) ? problemOf(error, whole, "not-readable") : outside);
  }
  return (await isBelow(folders, real)) ? readText(real, maxBytes) : err(outside);
}

async function isBelow(folders: readonly string[], path: string): Promise<boolean> {
  const real = await Promise.all(folders.map((one) => realpath(one).catch(() => undefined)));
  return [...folders, ...real].some((one) => one !== undefined && contains(one, path));
}

export function contains(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== "" && inside !== ".." && !inside.startsWith("../") && !inside.startsWith("..\\") && !isAbsolute(inside);
}

async function readBytes(path: string, maxBytes: number): Promise<Result<Uint8Array, FileProblem>> {
  let file: FileHandle | undefined;
  try {
    // O_NONBLOCK: opening a pipe without a writer would wait for ever
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = await file.stat();
    if (!status.isFile()) {
      return err({ kind: "not-readable", path, detail: status.isDirectory() ? REASONS.EISDIR : "is not a regular file" });
    }
    return await readUpTo(file, path, maxBytes);
  } catch (error) {
    return err(problemOf(error, path, "not-readable"));
  } finally {
    await file?.close();
  }
}

/** As docs/ counts: 1 KB is 1024 bytes. */
function sizeWords(bytes: number): string {
  if (bytes % (1024 * 1024) === 0) return `${bytes / (1024 * 1024)} MB`;
  return bytes % 1024 === 0 ? `${bytes / 1024} KB` : `${bytes} bytes`;
}

/** The size that the system reports is not believed: the file may grow, and those of /proc are empty. */
async function readUpTo(file: FileHandle, path: string, maxBytes: number): Promise<Result<Uint8Array, FileProblem>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(CHUNK, maxBytes + 1 - length)));
    if (bytesRead === 0) return ok(Buffer.concat(chunks));
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return err({ kind: "too-large", path, detail: `is larger than ${sizeWords(maxBytes)}` });
}

async function writeWhole(path: string, content: string, mode = 0o600): Promise<Result<void, FileProblem>> {
  let temporary: string | undefined;
  try {
    const target = await writeTarget(path);
    if (target === undefined) return err({ kind: "not-writable", path, detail: "exists and is not a regular file" });
    temporary = join(dirname(target), `.apirisk-${randomBytes(8).toString("hex")}.tmp`);
    const file = await open(temporary, "wx", mode);
    try {
      await file.chmod(mode);
      await file.writeFile(content, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    return ok(undefined);
  } catch (error) {
    if (temporary !== undefined) await unlink(temporary).catch(() => undefined);
    return err(problemOf(error, path, "not-writable"));
  }
}

/** A new file belongs to its owner alone; one that is there keeps its mode, which a log rotation may have chosen. */
async function openAppend(path: string): Promise<Result<AppendFile, FileProblem>> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0), 0o600);
    if ((await file.stat()).isFile()) return ok(appendFile(file, path));
    await file.close();
    return err({ kind: "not-writable", path, detail: "exists and is not a regular file" });
  } catch (error) {
    await file?.close().catch(() => undefined);
    return err(problemOf(error, path, "not-writable"));
  }
}

function appendFile(file: FileHandle, path: string): AppendFile {
  const attempt = async (work: () => Promise<unknown>): Promise<Result<void, FileProblem>> => {
    try {
      await work();
      return ok(undefined);
    } catch (error) {
      return err(problemOf(error, path, "not-writable"));
    }
  };
  return { append: (text) => attempt(() => file.appendFile(text, "utf8")), close: () => attempt(() => file.close()) };
}

/** The file itself behind symbolic links, or undefined where something else than a file stands there. */
async function writeTarget(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isFile() ? await realpath(path) : undefined;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return resolve(path);
    throw error;
  }
}

async function findUpward(name: string, from: string): Promise<string | undefined> {
  let folder = resolve(from);
  for (let level = 0; level < MAX_LEVELS; level++) {
    const candidate = join(folder, name);
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isFile()) return candidate;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
  return undefined;
}

/** What kept a file from being read, or written, in words. */
export function problemOf(error: unknown, path: string, kind: "not-readable" | "not-writable"): FileProblem {
  const code = codeOf(error);
  if (code === "ENOENT" && kind === "not-readable") return { kind: "not-found", path, detail: "does not exist" };
  return {
    kind,
    path,
    detail:
      (REASONS as Readonly<Record<string, string | undefined>>)[code] ??
      `could not be ${kind === "not-readable" ? "read" : "written"} (${code})`,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}

const REASONS = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ENOENT: "its folder does not exist",
  ENOSPC: "no space left on the device",
  EROFS: "the file system is read-only",
  ELOOP: "its symbolic links form a loop",
  ENAMETOOLONG: "its path is too long",
} as const;
const CHUNK = 1024 * 1024;
const MAX_LEVELS = 64;
