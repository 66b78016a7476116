import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

/**
 * Whether the repository that a file stands in tracks it, by its index (gitformat-index(5), versions 2 to 4). Git itself is not asked: what a repository
 * configures can make it start programs. Unknown where the index is of a kind that cannot be read.
 */
export async function isTracked(file: string): Promise<"yes" | "no" | "unknown"> {
  const repository = await repositoryAbove(dirname(file));
  if (repository === undefined) return "no";
  try {
    const index = await indexOf(repository.gitFolder);
    if (index === undefined) return "no";
    return answerOf(index, relative(repository.root, file).split(sep).join("/"));
  } catch {
    return "unknown";
  }
}

interface Repository {
  readonly root: string;
  readonly gitFolder: string;
}

/** The nearest; a work tree of its own and a submodule have a file that says where the folder is. */
async function repositoryAbove(folder: string): Promise<Repository | undefined> {
  for (let root = folder; ; root = dirname(root)) {
    const at = join(root, ".git");
    const found = await stat(at).catch(() => undefined);
    if (found?.isDirectory() === true) return { root, gitFolder: at };
    if (found?.isFile() === true && found.size < MAX_POINTER) {
      const [, named] = /^gitdir: (.+)$/m.exec(await readFile(at, "utf8")) ?? [];
      return { root, gitFolder: named === undefined ? at : resolve(root, named) };
    }
    if (dirname(root) === root) return undefined;
  }
}

/** Undefined where nothing was ever added. */
async function indexOf(gitFolder: string): Promise<Buffer | undefined> {
  const path = join(gitFolder, "index");
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isFile() || found.size > MAX_INDEX) throw new Error("not an index");
  return readFile(path);
}

function answerOf(index: Buffer, path: string): "yes" | "no" | "unknown" {
  const { names, folders, isWhole } = namesIn(index);
  if (names.has(path)) return "yes";
  return !isWhole || folders.some((folder) => path.startsWith(folder)) ? "unknown" : "no";
}

interface IndexNames {
  readonly names: ReadonlySet<string>;
  /** Of a sparse index: folders that stand for everything below them. */
  readonly folders: readonly string[];
  /** No other file holds more of it. */
  readonly isWhole: boolean;
}

/** Throws for what is no index of a version that is known. */
function namesIn(index: Buffer): IndexNames {
  const version = index.readUInt32BE(4);
  if (index.toString("latin1", 0, 4) !== "DIRC" || version < 2 || version > 4) throw new Error("no index");
  const count = index.readUInt32BE(8);
  const hashLength = hashLengthOf(index);
  const names = new Set<string>();
  const folders: string[] = [];
  let at = 12;
  let previous = Buffer.alloc(0);
  for (let entry = 0; entry < count; entry += 1) {
    const begin = at;
    const mode = index.readUInt32BE(at + 24);
    const flags = index.readUInt16BE(at + 40 + hashLength);
    at += 42 + hashLength + ((flags & EXTENDED) === 0 ? 0 : 2);
    let kept = 0;
    if (version === 4) {
      const [dropped, next] = variableLength(index, at);
      kept = previous.length - dropped;
      at = next;
    }
    const end = index.indexOf(0, at);
    if (end === -1 || kept < 0) throw new Error("cut off");
    previous = Buffer.concat([previous.subarray(0, kept), index.subarray(at, end)]);
    const name = previous.toString("utf8");
    if (mode === FOLDER) folders.push(name);
    else names.add(name);
    at = version === 4 ? end + 1 : begin + Math.ceil((end + 1 - begin) / 8) * 8;
  }
  return { names, folders, isWhole: !extensionsOf(index, at, index.length - hashLength).includes("link") };
}

/** Signatures of what follows the entries; `link` says that another file holds more of them. */
function extensionsOf(index: Buffer, from: number, end: number): readonly string[] {
  const signatures: string[] = [];
  for (let at = from; at + 8 <= end; at += 8 + index.readUInt32BE(at + 4)) signatures.push(index.toString("latin1", at, at + 4));
  return signatures;
}

/** The hash at the end is over everything before it: of SHA-1, or of SHA-256 where the repository uses that. */
function hashLengthOf(index: Buffer): number {
  const isOf = (algorithm: string, length: number) => {
    const sum = index.subarray(-length);
    return sum.every((octet) => octet === 0) || createHash(algorithm).update(index.subarray(0, -length)).digest().equals(sum);
  };
  if (isOf("sha1", 20)) return 20;
  if (isOf("sha256", 32)) return 32;
  throw new Error("a wrong sum");
}

/** Offset encoding of pack files (gitformat-pack(5)): how many octets of the name before are left out. */
function variableLength(index: Buffer, from: number): readonly [value: number, next: number] {
  let at = from;
  let octet = index.readUInt8(at);
  let value = octet & 0x7f;
  while ((octet & 0x80) !== 0) {
    at += 1;
    octet = index.readUInt8(at);
    value = (value + 1) * 128 + (octet & 0x7f);
    if (value > MAX_INDEX) throw new Error("too long");
  }
  return [value, at + 1];
}

const MAX_POINTER = 4096;
const MAX_INDEX = 256 * 1024 * 1024;
const EXTENDED = 0x4000;
const FOLDER = 0o040000;
