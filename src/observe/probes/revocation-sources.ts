import type { TlsSessionEvidence } from "../../evidence/kinds.ts";
import { type Certificate, parseCertificate } from "../../pki/certificate.ts";
import { checkSignature } from "../../pki/signature.ts";

/** Who would say whether a certificate was revoked, as it names them; one of the two at the least. */
export interface RevocationSources {
  readonly leaf: Certificate;
  readonly issuer: Certificate;
  /** Of an OCSP responder. */
  readonly ocsp?: URL;
  /** Of a list. */
  readonly crl?: URL;
}

/**
 * Undefined where nobody can be asked, or nobody should: whom a certificate names that is not trusted, anybody may have chosen,
 * and nothing hangs on whether such a one was revoked.
 */
export function revocationSources({ trusted, chain }: TlsSessionEvidence): RevocationSources | undefined {
  const [leaf, ...others] = trusted ? chain.map(({ der }) => parseCertificate(Buffer.from(der, "base64"))) : [];
  if (leaf === undefined) return undefined;
  const issuer = others.find((one) => one !== undefined && isIssuer(one, leaf));
  const ocsp = firstUsable(leaf.extensions.ocspUrls);
  const crl = firstUsable(leaf.extensions.crlUrls);
  if (issuer === undefined || (ocsp === undefined && crl === undefined)) return undefined;
  return { leaf, issuer, ...(ocsp !== undefined && { ocsp }), ...(crl !== undefined && { crl }) };
}

function isIssuer(candidate: Certificate, leaf: Certificate): boolean {
  return candidate.subject.canonical === leaf.issuer.canonical && checkSignature(leaf, candidate.key) === "valid";
}

/** Plain HTTP is usual here: what is fetched is signed (RFC 5280 section 4.2.1.13). LDAP is nothing that we speak. */
function firstUsable(urls: readonly string[] = []): URL | undefined {
  const text = urls.find((url) => url.length <= LONGEST_URL && /^https?:\/\//i.test(url) && URL.canParse(url));
  const url = text === undefined ? undefined : new URL(text);
  return url === undefined || url.username !== "" || url.password !== "" ? undefined : url;
}

const LONGEST_URL = 1024;
