import { createHmac } from "node:crypto";
import type { KeyedFingerprint } from "../../model/own-credential.ts";
import type { Secret } from "../../model/secret.ts";

/** HMAC-SHA-256, cut to 128 bits; the key is told apart by a fingerprint of its own. */
export function keyedFingerprint(secret: Secret, key: Secret): KeyedFingerprint {
  const keyed = (text: string) => createHmac("sha256", Buffer.from(key.reveal(), "hex")).update(text).digest("hex");
  return { keyId: keyed("apirisk key id").slice(0, 8), value: keyed(`credential\n${secret.reveal()}`).slice(0, 32) };
}
