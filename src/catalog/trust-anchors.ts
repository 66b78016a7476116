import { type DatedFacts, loadFacts } from "./load.ts";

/** A root certificate that Mozilla lets vouch for servers. */
export interface TrustAnchor {
  /** "ISRG Root X1". */
  readonly name: string;
  /** SHA-256 of the certificate, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly der: Uint8Array;
}

/** In the order of their names. */
export function trustAnchors(): readonly TrustAnchor[] {
  decoded ??= loadFacts("trust-anchors", isAnchorFacts).anchors.map((anchor) => ({ ...anchor, der: Buffer.from(anchor.der, "base64") }));
  return decoded;
}

let decoded: readonly TrustAnchor[] | undefined;

interface AnchorFacts extends DatedFacts {
  readonly anchors: readonly { readonly name: string; readonly sha256: string; readonly der: string }[];
}

function isAnchorFacts(candidate: unknown): candidate is AnchorFacts {
  const { anchors } = candidate as Record<string, unknown>;
  return Array.isArray(anchors) && anchors.every(isAnchor);
}

function isAnchor(row: unknown): boolean {
  const { name, sha256, der } = row as Record<string, unknown>;
  return typeof name === "string" && /^[0-9a-f]{64}$/.test(String(sha256)) && /^[A-Za-z0-9+/]+={0,2}$/.test(String(der));
}
