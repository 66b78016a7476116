import type { Result } from "./result.ts";

/** The door to lock files and descriptions of APIs: below the folder of the inventory, or below one that the user trusts. */
export interface LockFilePort {
  /** A file of that name at a path that the inventory gives, relative to its folder. The same object for the same path, for as long as it is kept. */
  read(path: string): Promise<Result<LockFile, LockFileProblem>>;
}

export interface LockFile {
  /** Without its folder. */
  readonly name: string;
  readonly text: string;
}

export interface LockFileProblem {
  readonly kind: "not-found" | "outside" | "not-readable";
  /** In words of ours, and without the folder: "permission denied". */
  readonly detail: string;
}
