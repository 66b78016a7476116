import type { OperationName } from "./operations.ts";
import type { FailureNote } from "./store-failures.ts";

/** What the store's thread is started with. */
export interface StoreThreadInput {
  readonly file: string;
  readonly readOnly: boolean;
  readonly allowInsecure: boolean;
  /** How long an operation that finds the file locked is tried again, in milliseconds. */
  readonly busyTimeoutMs: number;
}

/** `close` ends the thread; its answer is the thread's exit. */
export type StoreRequest =
  | { readonly id: number; readonly operation: OperationName; readonly arguments: readonly unknown[] }
  | { readonly operation: "close" };

/** Answers come in the order of the requests. Id 0 tells whether the file could be opened. */
export type StoreReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly failure: FailureNote };

export const OPENING_ID = 0;
