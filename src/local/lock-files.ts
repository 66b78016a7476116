import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { FilePort } from "../model/file-port.ts";
import type { LockFile, LockFilePort, LockFileProblem } from "../model/lock-file-port.ts";
import { err, ok, type Result } from "../model/result.ts";
import { ecosystemOfLockFile, lockFileName } from "../model/sdk.ts";
import type { TrustFile } from "./bindings.ts";
import { contains } from "./reference.ts";

export interface LockFileOptions {
  /** Its folders may be read beside the inventory's own. */
  readonly trust: Pick<TrustFile, "folders">;
  readonly files: FilePort;
  /** Folder of the inventory. */
  readonly folder: string;
}

/** Lock files of this machine. The inventory is hostile: links are resolved before anything is opened, and what is no lock file by its name is not read. */
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

async function readLockFile(path: string, { trust, files, folder }: LockFileOptions): Promise<Result<LockFile, LockFileProblem>> {
  const name = lockFileName(path);
  if (ecosystemOfLockFile(name) === undefined) return err("outside");
  const real = await realpath(resolve(folder, path)).catch(() => undefined);
  if (real === undefined) return err("not-found");
  const folders = await Promise.all([folder, ...trust.folders].map((one) => realpath(one).catch(() => undefined)));
  if (!folders.some((one) => one !== undefined && contains(one, real))) return err("outside");
  const text = await files.readText(real, MAX_BYTES);
  if (text.ok) return ok({ name, text: text.value });
  return err(text.error.kind === "not-found" ? "not-found" : "not-readable");
}

/** Those of the largest repositories have a few. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Most integrations of an inventory have the same few files to look for. */
const MOST_KEPT = 16;
