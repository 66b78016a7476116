import type { Database, Statement } from "better-sqlite3";

/** The statement for `sql`, compiled once per connection. */
export function prepared<Parameters extends unknown[], Row = unknown>(db: Database, sql: string): Statement<Parameters, Row> {
  const known = compiled.get(db) ?? new Map<string, Statement>();
  compiled.set(db, known);
  const statement = known.get(sql) ?? db.prepare(sql);
  known.set(sql, statement);
  return statement as Statement<Parameters, Row>;
}

/** Hashes are hex outside and bytes inside. Anything else is a bug of the caller. */
export function bytesOf(hex: string): Buffer {
  const bytes = Buffer.from(hex, "hex");
  if (bytes.length === 0 || bytes.length * 2 !== hex.length) throw new TypeError(`not a hash in hex: ${hex.slice(0, 80)}`);
  return bytes;
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

const compiled = new WeakMap<Database, Map<string, Statement>>();
