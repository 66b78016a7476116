import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, link, mkdir, open, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { Secret } from "../model/secret.ts";

/**
 * The key that fingerprints of credentials are made with: 32 octets of chance in hexadecimal, in a file that its owner alone may read, and in no
 * history. Made where there is none. Undefined where it cannot be made, or where others may read it: fingerprints of weak secrets could be guessed.
 */
export async function fingerprintKey(file: string): Promise<Secret | undefined> {
  try {
    return (await readKey(file)) ?? (await makeKey(file));
  } catch {
    return undefined;
  }
}

/** Without making one. */
export async function fingerprintKeyState(file: string): Promise<"there" | "none" | "unusable"> {
  try {
    return (await readKey(file)) === undefined ? "none" : "there";
  } catch {
    return "unusable";
  }
}

/** Undefined where there is none; throws where there is one that cannot be used. */
async function readKey(file: string): Promise<Secret | undefined> {
  const handle = await opened(file);
  if (handle === undefined) return undefined;
  try {
    const found = await handle.stat();
    const isOurs = process.getuid === undefined || (found.uid === process.getuid() && (found.mode & OTHERS) === 0);
    if (!found.isFile() || !isOurs) throw new Error("not private");
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST), 0, LONGEST, 0);
    const text = buffer.subarray(0, bytesRead).toString("latin1").trim();
    if (!KEY.test(text)) throw new Error("no key");
    return new Secret(text);
  } finally {
    await handle.close();
  }
}

/** Whole or not there; whoever comes second takes the key of whoever was first. */
async function makeKey(file: string): Promise<Secret | undefined> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(8).toString("hex")}.tmp`;
  const handle = await open(temporary, "wx", 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString("hex")}\n`, "latin1");
    await handle.sync();
  } finally {
    await handle.close();
  }
  await link(temporary, file).catch(() => undefined);
  await unlink(temporary);
  return readKey(file);
}

async function opened(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

const OTHERS = 0o077;
const KEY = /^[0-9a-f]{64}$/;
/** A key, its line break, and enough to tell what is longer. */
const LONGEST = 128;
