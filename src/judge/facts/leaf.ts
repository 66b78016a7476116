import type { CertificateFacts, TlsSessionEvidence } from "../../evidence/kinds.ts";
import { type Instant, SECOND } from "../../model/instant.ts";

export type Validity = "valid" | "expired" | "not-yet-valid";

export function leafOf({ chain }: TlsSessionEvidence): CertificateFacts | undefined {
  return chain[0];
}

/** Both ends of the period are inside it, to the second (RFC 5280 section 4.1.2.5). */
export function validityAt({ notBefore, notAfter }: Pick<CertificateFacts, "notBefore" | "notAfter">, asOf: Instant): Validity {
  if (Math.floor(asOf / SECOND) * SECOND > notAfter) return "expired";
  return asOf < notBefore ? "not-yet-valid" : "valid";
}

/** Part of the lifetime that is left, 0..1; undefined for a period that ends before it begins. */
export function lifetimeLeft({ notBefore, notAfter }: CertificateFacts, asOf: Instant): number | undefined {
  return notAfter > notBefore ? (notAfter - asOf) / (notAfter - notBefore) : undefined;
}
