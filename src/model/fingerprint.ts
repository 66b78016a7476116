import { sha256Hex, uuidV5 } from "./digest.ts";

/** Version of the fingerprint recipe. A new recipe gets a new name; the meaning of an old one never changes (history.md 1.1). */
export const FINGERPRINT_VERSION = "apirisk/v1";

/**
 * Identity of an integration: UUIDv5 of its oldest id, the same on every machine.
 * A rename keeps it, because the former ids stay in `previousIds`, oldest first.
 */
export function integrationIdentity(id: string, previousIds: readonly string[]): string {
  return uuidV5(INTEGRATION_NAMESPACE, previousIds[0] ?? id);
}

/** First 128 bits of SHA-256 over length-prefixed UTF-8 fields, as 32 hex digits. Never severity, text, date, serial, address or count. */
export function fingerprint(integrationUid: string, rule: string, subject: string): string {
  const fields = [FINGERPRINT_VERSION, integrationUid, rule, subject];
  const prefixed = fields.map((field) => `${Buffer.byteLength(field, "utf8")}:${field}`).join("");
  return sha256Hex(prefixed).slice(0, 32);
}

/** Fixed for ever: chosen once for apirisk, UUIDv5 of the URL namespace and "https://apirisk.dev/integration". */
const INTEGRATION_NAMESPACE = uuidV5("6ba7b811-9dad-11d1-80b4-00c04fd430c8", "https://apirisk.dev/integration");
