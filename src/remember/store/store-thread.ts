import { Worker } from "node:worker_threads";
import { StoreFailure } from "../../model/history-store.ts";
import type { OperationName, Operations } from "./operations.ts";
import { OPENING_ID, type StoreReply, type StoreRequest, type StoreThreadInput } from "./protocol.ts";
import { failureFrom } from "./store-failures.ts";

/** The main thread's end of the store's thread. */
export interface StoreThread {
  call<Name extends OperationName>(name: Name, ...parameters: Parameters<Operations[Name]>): Promise<Awaited<ReturnType<Operations[Name]>>>;
  /** Answers what was asked before, closes the file and ends the thread. Idempotent. */
  close(): Promise<void>;
}

/** Starts the thread and opens the file. Rejects with a StoreFailure. The thread keeps the process alive only while an answer is owed. */
export async function startStoreThread(input: StoreThreadInput): Promise<StoreThread> {
  const worker = new Worker(WORKER_ENTRY, { workerData: input, env: {}, execArgv: [] });
  const waiting = new Map<number, PromiseWithResolvers>();
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  let isClosing = false;
  let lastId = OPENING_ID;

  const owe = (id: number): Promise<unknown> => {
    worker.ref();
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  };
  const abandon = (cause: unknown): void => {
    for (const { reject } of waiting.values()) reject(threadEnded(input.file, cause));
    waiting.clear();
  };
  worker.on("message", (reply: StoreReply) => {
    const owed = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0 && !isClosing) worker.unref();
    if (reply.ok) owed?.resolve(reply.value);
    else owed?.reject(failureFrom(reply.failure));
  });
  worker.on("error", abandon);
  worker.on("exit", () => {
    isClosing = true;
    abandon(undefined);
  });

  await owe(OPENING_ID);
  return {
    call: (operation, ...parameters) => {
      if (isClosing) return Promise.reject(threadEnded(input.file, undefined));
      const id = ++lastId;
      const answer = owe(id);
      worker.postMessage({ id, operation, arguments: parameters } satisfies StoreRequest);
      return answer as Promise<Awaited<ReturnType<Operations[typeof operation]>>>;
    },
    close: () => {
      if (!isClosing) {
        isClosing = true;
        worker.ref();
        worker.postMessage({ operation: "close" } satisfies StoreRequest);
      }
      return exited;
    },
  };
}

interface PromiseWithResolvers {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: StoreFailure) => void;
}

function threadEnded(file: string, cause: unknown): StoreFailure {
  return new StoreFailure("bug", `The history ${file} is closed; its thread has ended.`, "Please report this.", { cause });
}

/** Only tests run the sources themselves; Node 20 loads no TypeScript into a thread, so theirs is the built one. */
const WORKER_ENTRY = import.meta.url.endsWith(".ts")
  ? new URL("../../../dist/src/remember/store/worker.js", import.meta.url)
  : new URL("./worker.js", import.meta.url);
