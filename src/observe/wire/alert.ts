import type { ByteReader } from "./reader.ts";

/** RFC 8446 section 6. */
export interface TlsAlert {
  readonly level: number;
  readonly description: number;
}

export function decodeAlert(reader: ByteReader): TlsAlert {
  const level = reader.uint(1, "level");
  if (level !== WARNING && level !== FATAL) reader.malformed("level");
  return { level, description: reader.uint(1, "description") };
}

/** The server goes on after it: a warning that is not a goodbye, for example unrecognized_name (RFC 6066 section 3). */
export function isPassing(alert: TlsAlert): boolean {
  return alert.level === WARNING && alert.description !== CLOSE_NOTIFY;
}

const WARNING = 1;
const FATAL = 2;
const CLOSE_NOTIFY = 0;
