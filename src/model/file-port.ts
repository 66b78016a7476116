import type { Result } from "./result.ts";

/** The door to files that a user named. Sizes are bounded; nothing is followed out of what was asked for. */
export interface FilePort {
  readText(path: string, maxBytes: number): Promise<Result<string, FileProblem>>;
  /**
   * The same of a path that comes from outside: relative to the first folder, and below one of them by what it is called and by where it really is.
   * Links are resolved before anything is opened.
   */
  readTextBelow(folders: readonly string[], path: string, maxBytes: number): Promise<Result<string, FileProblem>>;
  readBytes(path: string, maxBytes: number): Promise<Result<Uint8Array, FileProblem>>;
  /** Writes whole or not at all: temporary file beside it, then rename. Mode 0600 unless told. */
  writeWhole(path: string, content: string, mode?: number): Promise<Result<void, FileProblem>>;
  /** Opens a file to add to its end; made (0600) where there is none. Its parts reach it in the order of the calls only if each is awaited. */
  openAppend(path: string): Promise<Result<AppendFile, FileProblem>>;
  /** Nearest file of that name in `from` or a folder above it. */
  findUpward(name: string, from: string): Promise<string | undefined>;
}

export interface AppendFile {
  append(text: string): Promise<Result<void, FileProblem>>;
  close(): Promise<Result<void, FileProblem>>;
}

export interface FileProblem {
  readonly kind: "not-found" | "outside" | "not-readable" | "too-large" | "not-text" | "not-writable";
  readonly path: string;
  readonly detail: string;
}
