import type { FilePort, FileProblem } from "../model/file-port.ts";
import type { LockFile, LockFilePort, LockFileProblem } from "../model/lock-file-port.ts";
import { err, ok, type Result } from "../model/result.ts";
import { ecosystemOfLockFile, isDescriptionFile, lockFileName } from "../model/sdk.ts";
import type { TrustFile } from "./bindings.ts";

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

async function readLockFile(path: string, { trust, files, folder }: LockFileOptions): Promise<Result<LockFile, LockFileProblem>> {
  const name = lockFileName(path);
  if (ecosystemOfLockFile(name) === undefined && !isDescriptionFile(name)) {
    return err({ kind: "outside", detail: "has not the name of a lock file" });
  }
  const text = await files.readTextBelow([folder, ...trust.folders], path, MAX_BYTES);
  return text.ok ? ok({ name, text: text.value }) : err(withoutPath(text.error));
}

function withoutPath({ kind, detail }: FileProblem): LockFileProblem {
  return { kind: kind === "not-found" || kind === "outside" ? kind : "not-readable", detail };
}

/** Those of the largest repositories have a few. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Most integrations of an inventory have the same few files to look for. */
const MOST_KEPT = 16;
