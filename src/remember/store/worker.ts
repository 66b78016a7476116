import { setTimeout as pause } from "node:timers/promises";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { loadDriver } from "./driver.ts";
import { type OpenOptions, openDatabase } from "./open-database.ts";
import { type OperationName, type Operations, operationsOn } from "./operations.ts";
import { OPENING_ID, type StoreReply, type StoreRequest, type StoreThreadInput } from "./protocol.ts";
import { type RunLocks, runLocks } from "./run-lock.ts";
import { noteOf, storeFailure } from "./store-failures.ts";

/** The store's thread: the only place where SQLite runs, one request after the other. */
async function serve(port: MessagePort, { file, busyTimeoutMs, ...options }: StoreThreadInput): Promise<void> {
  const attempt = <T>(work: () => T | Promise<T>) => untilUnlocked(work, file, busyTimeoutMs);
  const reply = (message: StoreReply) => port.postMessage(message);
  const answer = async (id: number, work: () => unknown) => {
    try {
      reply({ id, ok: true, value: await attempt(work) });
    } catch (error) {
      reply({ id, ok: false, failure: noteOf(storeFailure(error, file)) });
    }
  };

  let store: OpenStore | undefined;
  await answer(OPENING_ID, async () => {
    store = await open(file, options);
  });
  if (store === undefined) return port.close();

  const { operations, close } = store;
  let done: Promise<void> = Promise.resolve();
  port.on("message", (request: StoreRequest) => {
    done = done.then(() => {
      if (request.operation !== "close") return answer(request.id, () => perform(operations, request.operation, request.arguments));
      close();
      return port.close();
    });
  });
}

interface OpenStore {
  readonly operations: Operations;
  readonly close: () => void;
}

async function open(file: string, options: OpenOptions): Promise<OpenStore> {
  const driver = await loadDriver(file);
  const db = await openDatabase(driver, file, options);
  const locks: RunLocks = runLocks(driver, db, file);
  return {
    operations: operationsOn(db, file, locks),
    close: () => {
      locks.release();
      db.close();
    },
  };
}

/** Arguments were typed by the client; structured cloning keeps them. */
function perform(operations: Operations, name: OperationName, parameters: readonly unknown[]): unknown {
  return (operations[name] as (...values: readonly unknown[]) => unknown)(...parameters);
}

/** Another process writing is not an error yet: the file is tried again until `limitMs` have passed. */
async function untilUnlocked<T>(work: () => T | Promise<T>, file: string, limitMs: number): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (storeFailure(error, file).kind !== "locked" || performance.now() >= deadline) throw error;
      await pause(RETRY_MS);
    }
  }
}

const RETRY_MS = 25;

if (parentPort !== null) await serve(parentPort, workerData as StoreThreadInput);
