import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteHistory } from "../../../src/remember/store/sqlite-history.ts";
import type { HistoryPlace } from "./conformance.ts";

/** A SQLite history in a folder of its own. */
export async function sqlitePlace(): Promise<HistoryPlace & { readonly folder: string; readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), "apirisk-history-"));
  const file = join(folder, "history.db");
  return {
    folder,
    file,
    open: (now) => openSqliteHistory({ file, ...(now === undefined ? {} : { now }) }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
