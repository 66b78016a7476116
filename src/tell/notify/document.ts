import { isoInstant } from "../../model/instant.ts";
import type { NewMessage } from "../../model/notification.ts";
import type { Digest, DigestLine } from "./digest.ts";
import { headingOf } from "./text.ts";

/**
 * The document of webhooks and commands: `type`, `timestamp` and `data` as Standard Webhooks names them. `id` is the same each time the
 * message is sent.
 */
export function documentOf(digest: Digest, { id, createdAt }: Pick<NewMessage, "id" | "createdAt">): string {
  const { type, lines, newlyDetected, ...data } = digest;
  return JSON.stringify({
    schemaVersion: "1.0.0",
    id,
    type: `apirisk.${type}`,
    timestamp: isoInstant(createdAt),
    data: {
      summary: headingOf(digest),
      lines: lines.map(withoutKey),
      ...data,
      ...(newlyDetected === undefined ? {} : { newlyDetected: newlyDetected.map(withoutKey) }),
    },
  });
}

/** The key of a root cause holds what only this history can read. */
function withoutKey({ rootCause: _key, ...line }: DigestLine): Omit<DigestLine, "rootCause"> {
  return line;
}
