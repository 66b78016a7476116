import type { ByteReader } from "./reader.ts";

/** RFC 8446 section 6. */
export interface TlsAlert {
  readonly level: number;
  readonly description: number;
}

export const ALERT_LEVEL = { warning: 1, fatal: 2 } as const;
export const ALERT = {
  closeNotify: 0,
  handshakeFailure: 40,
  protocolVersion: 70,
  internalError: 80,
  noApplicationProtocol: 120,
} as const;

export function encodeAlert(alert: TlsAlert): Uint8Array {
  return Uint8Array.of(alert.level, alert.description);
}

export function decodeAlert(reader: ByteReader): TlsAlert {
  const level = reader.uint(1, "level");
  if (level !== ALERT_LEVEL.warning && level !== ALERT_LEVEL.fatal) reader.malformed("level");
  return { level, description: reader.uint(1, "description") };
}

/** The server goes on after it: a warning that is not a goodbye, for example unrecognized_name (RFC 6066 section 3). */
export function isPassing(alert: TlsAlert): boolean {
  return alert.level === ALERT_LEVEL.warning && alert.description !== ALERT.closeNotify;
}
