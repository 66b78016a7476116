import type { Digest } from "./digest.ts";
import type { Incident } from "./incident.ts";

/** What the outbox keeps of a message. Its channel's format makes the text of it when it is sent. */
export type Payload = { readonly as: "digest"; readonly digest: Digest } | { readonly as: "incident"; readonly incident: Incident };

/** The payload of a stored message; undefined for what an earlier or later version wrote and this one cannot read. */
export function readPayload(text: string): Payload | undefined {
  try {
    const payload = JSON.parse(text) as Partial<Payload>;
    if (payload.as === "digest" && Array.isArray(payload.digest?.lines)) return payload as Payload;
    return payload.as === "incident" && typeof payload.incident?.key === "string" ? (payload as Payload) : undefined;
  } catch {
    return undefined;
  }
}
