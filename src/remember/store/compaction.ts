import type { Database } from "better-sqlite3";
import { StoreFailure } from "../../model/history-store.ts";
import { requireSpace, sizeOf } from "./backup.ts";

/** Moves the -wal into the file and empties it. Throws "locked" while another process still reads from it. */
export function checkpoint(db: Database): void {
  const [result] = db.pragma("wal_checkpoint(TRUNCATE)") as readonly { readonly busy: number }[];
  if (result?.busy === 1) throw new StoreFailure("locked", "The -wal is in use by another process.", "Try again when it is done.");
}

/** Writes the file anew, so that no byte of what was deleted is left in it or in its -wal. Needs room for a second copy meanwhile. */
export function compact(db: Database, file: string): void {
  requireSpace(file, 2 * sizeOf(db));
  db.exec("VACUUM");
  checkpoint(db);
}
