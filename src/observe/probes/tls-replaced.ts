import type { CertificateFacts, ReplacedLeaf, TlsSessionEvidence } from "../../evidence/kinds.ts";
import type { Instant } from "../../model/instant.ts";
import { parseCertificate } from "../../pki/certificate.ts";

/** Our own connection, the last time that it was made to this place. */
export interface SessionBefore {
  readonly evidence: Pick<TlsSessionEvidence, "chain" | "replaced">;
  readonly observedAt: Instant;
}

/**
 * What the leaf took the place of: issued before it, for the same kind of key. Where an older one is served again (a roll-back, edges that were
 * not all renewed), or a certificate of another kind of key, nothing was replaced, and what was known of the leaf is kept.
 */
export function replacedBy(leaf: CertificateFacts, before: SessionBefore | undefined, now: Instant): ReplacedLeaf | undefined {
  const last = before?.evidence.chain[0];
  if (before === undefined || last === undefined || last.der === "") return undefined;
  if (last.sha256 === leaf.sha256) return before.evidence.replaced;
  const { replaced } = before.evidence;
  const isSuccessor = last.notBefore < leaf.notBefore && keyKind(last) === keyKind(leaf);
  // Served again, and replaced again: it is told of the first time.
  return isSuccessor && replaced?.der !== last.der ? { der: last.der, lastSeenAt: before.observedAt, successorSeenAt: now } : replaced;
}

function keyKind({ der }: CertificateFacts): string | undefined {
  return parseCertificate(Buffer.from(der, "base64"))?.key.algorithm.id;
}
