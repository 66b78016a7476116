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

/** One run a day. `told` is called after each of them. */
export function buildHistory(operations, world, days, told) {
  for (let day = 0; day < days; day += 1) {
    operations.beginRun(world.runOf(day));
    for (const commit of world.auditsOf(day)) operations.commitAudit(commit);
    const end = world.endOf(day);
    operations.finishRun(world.runOf(day).ulid, end);
    operations.tidy?.(end.finishedAt);
    told(day);
  }
}
