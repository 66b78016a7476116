import { X509Certificate } from "node:crypto";
import type { CertificateFacts } from "../../evidence/kinds.ts";
import { sha256Hex } from "../../model/digest.ts";
import { parseCertificate } from "../../pki/certificate.ts";

/** What a certificate says of itself (RFC 5280 section 4.1), or undefined where neither we nor node can read it. `der` is hostile. */
export function certificateFacts(der: Uint8Array): CertificateFacts | undefined {
  const said = ourReading(der) ?? nodesReading(der);
  return said === undefined ? undefined : { der: Buffer.from(der).toString("base64"), sha256: sha256Hex(der), ...said };
}

type Said = Omit<CertificateFacts, "der" | "sha256">;

function ourReading(der: Uint8Array): Said | undefined {
  const certificate = parseCertificate(der);
  if (certificate === undefined) return undefined;
  const { subject, issuer, notBefore, notAfter, extensions } = certificate;
  const names = (extensions.subjectAltName ?? []).flatMap((name) => (name.kind === "dns" ? [name.text] : []));
  return {
    subject: subject.text,
    issuer: issuer.text,
    dnsNames: names.slice(0, MAX_NAMES),
    notBefore,
    notAfter,
    selfIssued: subject.relative.length > 0 && subject.canonical === issuer.canonical,
  };
}

/** OpenSSL forgives encodings that DER does not allow: such a certificate still has an end. */
function nodesReading(der: Uint8Array): Said | undefined {
  try {
    const { subject, issuer, validFrom, validTo } = new X509Certificate(der);
    const notBefore = Date.parse(validFrom);
    const notAfter = Date.parse(validTo);
    if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) return undefined;
    return { subject: oneLine(subject), issuer: oneLine(issuer), dnsNames: [], notBefore, notAfter, selfIssued: subject === issuer };
  } catch {
    return undefined;
  }
}

/** node prints one attribute a line; an empty name is undefined, whatever its types say. */
function oneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(", ");
}

/** For reading: the certificate has them all. Largest lists seen in public certificates hold a few hundred. */
const MAX_NAMES = 1000;
