import { createHmac } from "node:crypto";
import type { HttpDelivery } from "../../model/delivery-port.ts";
import type { Secret } from "../../model/secret.ts";
import { NetFailure } from "./failure.ts";

/** Headers of the Standard Webhooks specification: one signature per active key, so that keys can be rotated. */
export function signatureHeaders(body: string, { id, at, keys }: NonNullable<HttpDelivery["signature"]>): Readonly<Record<string, string>> {
  const seconds = Math.floor(at / 1000);
  const signatures = keys.map(
    (key) => `v1,${createHmac("sha256", keyBytes(key)).update(`${id}.${seconds}.${body}`, "utf8").digest("base64")}`,
  );
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": signatures.join(" ") };
}

/** `whsec_` and base64, else the text itself. A short key would sign nothing. */
function keyBytes(key: Secret): Buffer {
  const text = key.reveal();
  const bytes = text.startsWith(PREFIX) ? Buffer.from(text.slice(PREFIX.length), "base64") : Buffer.from(text, "utf8");
  if (bytes.length >= FEWEST_BYTES) return bytes;
  throw new NetFailure({ reason: "credential_unavailable", phase: "plan", code: "ERR_SHORT_KEY", retriable: false });
}

const PREFIX = "whsec_";
/** The specification asks for 24 to 64. */
const FEWEST_BYTES = 24;
