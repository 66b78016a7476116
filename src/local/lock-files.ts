import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { FilePort, FileProblem } from "../model/file-port.ts";
import type { LockFile, LockFilePort, LockFileProblem } from "../model/lock-file-port.ts";
import { err, ok, type Result } from "../model/result.ts";
import { ecosystemOfLockFile, isDescriptionFile, lockFileName } from "../model/sdk.ts";
import type { TrustFile } from "./bindings.ts";
import { problemOf } from "./files.ts";
import { contains } from "./reference.ts";

export interface LockFileOptions {
  /** Its folders may be read beside the inventory's own. */
  readonly trust: Pick<TrustFile, "folders">;
  readonly files: FilePort;
  /** Folder of the inventory. */
  readonly folder: string;
}

/**
 * Lock files and descriptions of APIs. The inventory is hostile: links are resolved before anything is opened, and what is neither by its name is
 * not read.
 */
export function createLockFiles(options: LockFileOptions): LockFilePort {
  const known = new Map<string, Promise<Result<LockFile, LockFileProblem>>>();
  return {
    read(path) {
      const reading = known.get(path) ?? readLockFile(path, options);
      known.delete(path);
      known.set(path, reading);
      const [oldest] = known.keys();
      if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
      return reading;
    },
  };
}

async function readLockFile(path: string, options: LockFileOptions): Promise<Result<LockFile, LockFileProblem>> {
  const name = lockFileName(path);
  if (ecosystemOfLockFile(name) === undefined && !isDescriptionFile(name)) {
    return err({ kind: "outside", detail: "has not the name of a lock file" });
  }
  const whole = resolve(options.folder, path);
  let real: string;
  try {
    real = await realpath(whole);
  } catch (error) {
    // What is there elsewhere on the machine is nothing that an inventory may ask.
    return err((await mayRead(whole, options)) ? withoutPath(problemOf(error, whole, "not-readable")) : OUTSIDE);
  }
  if (!(await mayRead(real, options))) return err(OUTSIDE);
  const text = await options.files.readText(real, MAX_BYTES);
  return text.ok ? ok({ name, text: text.value }) : err(withoutPath(text.error));
}

/** Below the folder of the inventory or a trusted one, by what they are called and by where they really are. */
async function mayRead(path: string, { trust, folder }: LockFileOptions): Promise<boolean> {
  const folders = [folder, ...trust.folders];
  const real = await Promise.all(folders.map((one) => realpath(one).catch(() => undefined)));
  return [...folders, ...real].some((one) => one !== undefined && contains(one, path));
}

function withoutPath({ kind, detail }: FileProblem): LockFileProblem {
  return { kind: kind === "not-found" ? kind : "not-readable", detail };
}

const OUTSIDE: LockFileProblem = { kind: "outside", detail: "lies outside of the folders that may be read" };
/** Those of the largest repositories have a few. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Most integrations of an inventory have the same few files to look for. */
const MOST_KEPT = 16;
