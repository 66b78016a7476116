import type { Certificate } from "./certificate.ts";
import type { Crl } from "./crl.ts";
import { findEntry } from "./crl-entries.ts";
import { DerReader, read, readSmallInteger, readTime, TAG } from "./der.ts";
import { KEY_USAGE, readExtension } from "./extensions.ts";
import {
  freshness,
  type RevocationDoubt,
  type RevocationQuestion,
  type RevocationReason,
  type RevocationVerdict,
  reasonOf,
  unknown,
} from "./revocation.ts";
import { checkSignature, isForgeable } from "./signature.ts";

/** What a list is worth (RFC 5280 section 6.3.3, but for deltas and for lists of others). Costs one signature and one pass over the entries. */
export function crlVerdict(crl: Crl | undefined, question: RevocationQuestion): RevocationVerdict {
  if (crl === undefined) return unknown("malformed");
  const doubt = scopeDoubt(crl, question.leaf) ?? ageDoubt(crl, question.asOf) ?? signerDoubt(crl, question.issuer);
  if (doubt !== undefined) return unknown(doubt);
  const found = findEntry(crl.revoked, question.leaf.serial);
  if (found === undefined) return unknown("malformed");
  if (found.hasUnknownCritical) return unknown("not-understood");
  const period = { thisUpdate: crl.thisUpdate, ...(crl.nextUpdate !== undefined && { nextUpdate: crl.nextUpdate }) };
  if (found.entry === undefined) return { status: "good", ...period };
  const entry = readEntry(found.entry);
  if (entry === undefined) return unknown("malformed");
  // Of use in a delta alone (RFC 5280 section 5.3.1).
  if (entry.reason === "removeFromCRL") return unknown("not-understood");
  return { status: "revoked", ...entry, ...period };
}

function scopeDoubt({ isDelta, unknownCritical, scope, issuer }: Crl, leaf: Certificate): RevocationDoubt | undefined {
  if (isDelta || unknownCritical.length > 0 || scope.isPartial) return "not-understood";
  const isAuthority = leaf.extensions.basicConstraints?.isAuthority === true;
  const isOfItsKind = scope.only === undefined || scope.only === (isAuthority ? "authorities" : "users");
  // Authorities deal certificates out among several lists.
  const isOfItsPoint = scope.urls === undefined || scope.urls.some((url) => leaf.extensions.crlUrls?.includes(url) === true);
  if (!isOfItsKind || !isOfItsPoint) return "other-certificate";
  return issuer.canonical === leaf.issuer.canonical ? undefined : "wrong-signer";
}

function ageDoubt(crl: Crl, asOf: number): RevocationDoubt | undefined {
  const age = freshness(crl, asOf);
  return age === "fresh" ? undefined : age;
}

function signerDoubt(crl: Crl, issuer: Certificate): RevocationDoubt | undefined {
  const { keyUsage } = issuer.extensions;
  if (issuer.subject.canonical !== crl.issuer.canonical) return "wrong-signer";
  if (keyUsage !== undefined && !keyUsage.has(KEY_USAGE.crlSign)) return "wrong-signer";
  if (Buffer.compare(crl.algorithm.raw, crl.innerAlgorithm.raw) !== 0) return "malformed";
  if (isForgeable(crl.algorithm)) return "unsupported-algorithm";
  const signature = checkSignature(crl, issuer.key);
  if (signature === "valid") return undefined;
  return signature === "invalid" ? "wrong-signature" : "unsupported-algorithm";
}

interface Entry {
  /** Epoch milliseconds. */
  readonly revokedAt: number;
  readonly reason?: RevocationReason;
}

function readEntry(content: Uint8Array): Entry | undefined {
  return read(() => {
    const fields = new DerReader(content);
    fields.read(TAG.integer, "userCertificate");
    const revokedAt = readTime(fields, "revocationDate");
    const list = fields.optional(TAG.sequence, "crlEntryExtensions");
    let reason: RevocationReason | undefined;
    while (list !== undefined && !list.isDone) {
      const { id, value } = readExtension(list);
      if (id === REASON_CODE) reason = reasonOf(readSmallInteger(new DerReader(value).read(TAG.enumerated, "reasonCode"), "reasonCode"));
    }
    return { revokedAt, ...(reason !== undefined && { reason }) };
  });
}

const REASON_CODE = "2.5.29.21";
