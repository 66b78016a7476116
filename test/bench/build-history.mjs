// Builds a history through the operations of the store, in this thread: what the store's thread would do, without the messages.
import { loadDriver } from "../../dist/src/remember/store/driver.js";
import { openDatabase } from "../../dist/src/remember/store/open-database.js";
import { operationsOn } from "../../dist/src/remember/store/operations.js";
import { runLocks } from "../../dist/src/remember/store/run-lock.js";

/** `fast` leaves out waiting for the disk, which changes nothing of what is written. */
export async function openOperations(file, { fast = false } = {}) {
  const driver = await loadDriver(file);
  const db = await openDatabase(driver, file);
  if (fast) db.pragma("synchronous = OFF");
  return { db, operations: operationsOn(db, file, runLocks(driver, db, file)) };
}

/** One run a day. `told` is called after each of them. What is there already is lived through again and not written. */
export function buildHistory(operations, world, days, told) {
  const there = new Map(operations.runs(100_000).map((run) => [run.ulid, run.status]));
  for (let day = 0; day < days; day += 1) {
    const run = world.runOf(day);
    const status = there.get(run.ulid);
    const isNew = status === undefined || status === "running";
    if (status === undefined) operations.beginRun(run);
    for (const commit of world.auditsOf(day)) if (isNew) operations.commitAudit(commit);
    if (!isNew) continue;
    const end = world.endOf(day);
    operations.finishRun(run.ulid, end);
    operations.tidy(end.finishedAt);
    told(day);
  }
}
