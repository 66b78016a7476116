import type BetterSqlite3 from "better-sqlite3";
import { storeFailure } from "./store-failures.ts";

export type Driver = typeof BetterSqlite3;

/**
 * Loads better-sqlite3 and proves that its binary works. Lazy, so that only a process with a history needs one.
 * Throws StoreFailure "driver-missing".
 */
export async function loadDriver(file: string): Promise<Driver> {
  try {
    const { default: driver } = await import("better-sqlite3");
    new driver(":memory:").close();
    return driver;
  } catch (error) {
    // `bindings` throws without a code when it finds no binary at all.
    throw storeFailure({ code: "ERR_DLOPEN_FAILED", cause: error }, file);
  }
}
