import type { Database } from "better-sqlite3";
import { prepared } from "./statements.ts";

/** 32 hex digits, drawn when the history was made: the same for its whole life. */
export function readIdentity(db: Database): string {
  const row = prepared<[], { value: string }>(db, "SELECT value FROM meta WHERE key = 'uid'").get();
  if (row === undefined) throw new RangeError("the history has no identity");
  return row.value;
}
