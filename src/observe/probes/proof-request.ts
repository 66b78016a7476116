import { type Instant, isoDay } from "../../model/instant.ts";
import type { Integration } from "../../model/integration.ts";
import type { HttpRequest } from "../../model/net-port.ts";

/** Until the end of the last valid day, in UTC. */
export function isPermitted({ authProof }: Integration, now: Instant): boolean {
  return authProof.permission !== undefined && isoDay(now) <= authProof.permission.until;
}

/** Fresh from the origin, because a cache may hold what somebody with a credential was given (RFC 9111 section 5.2.1.4). */
export function withoutCredentials(headers: HttpRequest["headers"], { auth }: Integration): HttpRequest["headers"] {
  const carriers = ["authorization", "cookie", ...(auth.name === undefined ? [] : [auth.name.toLowerCase()])];
  const kept = Object.entries(headers).filter(([name]) => !carriers.includes(name));
  return { ...Object.fromEntries(kept), "cache-control": "no-cache" };
}

/** Longest answer that a proof looks at, after decoding. */
export const PROOF_BODY_BYTES = 64 * 1024;
