import { type Certificate, parseCertificate } from "../../pki/certificate.ts";
import { isSelfIssued } from "../../pki/check-path.ts";

/** What a server sends beside what a client needs, in numbers of certificates. */
export interface Untidiness {
  /** Come before what they vouch for. */
  readonly misplaced: number;
  /** Vouch for nothing that was sent. */
  readonly unrelated: number;
  /** Sent once more. */
  readonly repeated: number;
  /** Vouch for themselves: whoever trusts them has them. */
  readonly roots: number;
  /** Cannot be read, so nothing is said of them. */
  readonly unreadable: number;
}

/** `ders` as they were served. Nothing is verified: names and key identifiers say what belongs together. */
export function untidinessOf(ders: readonly Uint8Array[]): Untidiness {
  const read = ders.map(parseCertificate);
  const readable = read.filter((one) => one !== undefined);
  const once = [...new Map(readable.map((one) => [one.sha256, one])).values()];
  const [leaf, ...others] = once;
  const related = leaf === undefined ? [] : relatedTo(leaf, others);
  const roots = related.filter(vouchesForItself);
  const path = [...(leaf === undefined ? [] : [leaf]), ...related];
  return {
    misplaced: related.filter((one, at) => !path.slice(0, at + 1).some((earlier) => isIssuedBy(earlier, one))).length,
    unrelated: others.length - related.length,
    repeated: readable.length - once.length,
    roots: roots.length,
    unreadable: read.length - readable.length,
  };
}

/** Those of the others that lead on from the leaf, by any path, in the order in which they were served. */
function relatedTo(leaf: Certificate, others: readonly Certificate[]): readonly Certificate[] {
  const found = new Set<Certificate>();
  for (let open: readonly Certificate[] = [leaf]; open.length > 0; ) {
    open = others.filter((one) => !found.has(one) && open.some((below) => isIssuedBy(below, one)));
    for (const one of open) found.add(one);
  }
  return others.filter((one) => found.has(one));
}

/** Not only self-issued: an authority that changed its key vouches for the next one under the same name (RFC 5280 section 3.2). */
function vouchesForItself(certificate: Certificate): boolean {
  const { authorityKeyId = "", subjectKeyId = authorityKeyId } = certificate.extensions;
  return isSelfIssued(certificate) && (authorityKeyId === "" || authorityKeyId === subjectKeyId);
}

/** A root may come right after whatever it signed; itself it does not count for. */
function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (certificate === issuer || certificate.issuer.canonical !== issuer.subject.canonical) return false;
  const { authorityKeyId } = certificate.extensions;
  const { subjectKeyId } = issuer.extensions;
  return authorityKeyId === undefined || authorityKeyId === "" || subjectKeyId === undefined || authorityKeyId === subjectKeyId;
}
