import type { Certificate } from "./certificate.ts";
import { TAG } from "./der.ts";
import { element } from "./der-write.ts";
import { idHashOf } from "./ocsp.ts";

/**
 * Asks about one certificate, in DER (RFC 6960 section 4.1.1): its number, and hashes of its issuer, nothing of ours. By SHA-1, which every
 * responder knows (RFC 5019 section 2.1.1), and without a nonce, so that answers made beforehand can be given.
 */
export function ocspRequest(leaf: Certificate, issuer: Certificate): Uint8Array {
  const certificate = element(
    TAG.sequence,
    SHA1,
    element(TAG.octetString, idHashOf("sha1", leaf.issuer.raw)),
    element(TAG.octetString, idHashOf("sha1", issuer.key.bits)),
    element(TAG.integer, leaf.serial),
  );
  const requestList = element(TAG.sequence, element(TAG.sequence, certificate));
  return element(TAG.sequence, element(TAG.sequence, requestList));
}

/** AlgorithmIdentifier with NULL. */
const SHA1 = Uint8Array.of(0x30, 9, 0x06, 5, 0x2b, 14, 3, 2, 0x1a, 0x05, 0);
