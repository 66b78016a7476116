import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { loadDriver } from "../../../src/remember/store/driver.ts";
import { openDatabase } from "../../../src/remember/store/open-database.ts";
import { type Operations, operationsOn } from "../../../src/remember/store/operations.ts";
import { runLocks } from "../../../src/remember/store/run-lock.ts";

export interface InProcess {
  readonly folder: string;
  readonly file: string;
  readonly db: Database;
  readonly operations: Operations;
  remove(): Promise<void>;
}

/** The operations of a history in a folder of its own, in this thread: for tests that look into the file, or make years of it. */
export async function inProcess(): Promise<InProcess> {
  const folder = await mkdtemp(join(tmpdir(), "apirisk-store-"));
  const file = join(folder, "history.db");
  const driver = await loadDriver(file);
  const db = await openDatabase(driver, file);
  db.pragma("synchronous = OFF"); // no power is lost here
  return {
    folder,
    file,
    db,
    operations: operationsOn(db, file, runLocks(driver, db, file)),
    remove: async () => {
      db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
