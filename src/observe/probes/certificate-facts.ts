import { X509Certificate } from "node:crypto";
import type { CertificateFacts } from "../../evidence/kinds.ts";
import { sha256Hex } from "../../model/digest.ts";

/** What a certificate says of itself (RFC 5280 section 4.1), or undefined where node cannot read it. `der` is hostile. */
export function certificateFacts(der: Uint8Array): CertificateFacts | undefined {
  const certificate = parsed(der);
  if (certificate === undefined) return undefined;
  const notBefore = Date.parse(certificate.validFrom);
  const notAfter = Date.parse(certificate.validTo);
  if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) return undefined;
  return {
    der: Buffer.from(der).toString("base64"),
    sha256: sha256Hex(der),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    dnsNames: dnsNames(certificate.subjectAltName ?? ""),
    notBefore,
    notAfter,
    selfIssued: certificate.subject !== undefined && certificate.subject === certificate.issuer,
  };
}

function parsed(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** node prints one attribute a line; an empty name is undefined, whatever its types say. */
function oneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(", ");
}

/** `DNS:a.example, IP Address:192.0.2.1, DNS:"quoted, because it holds a comma"` (node's form since CVE-2021-44532). */
function dnsNames(subjectAltName: string): readonly string[] {
  return [...subjectAltName.matchAll(/(?:^|, )DNS:("(?:[^"\\]|\\.)*"|[^,]*)/g)].slice(0, MAX_NAMES).map(([, name = ""]) => unquoted(name));
}

function unquoted(name: string): string {
  if (!name.startsWith('"')) return name;
  try {
    return String(JSON.parse(name));
  } catch {
    return name;
  }
}

/** Largest lists seen in public certificates hold a few hundred names. */
const MAX_NAMES = 1000;
