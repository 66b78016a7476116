import { EXTENSION, type Extension, findExtension, readExtensions } from "./extension.ts";
import { ByteReader } from "./reader.ts";

/** One entry of a Certificate message, in the order in which it was served. */
export interface ServedCertificate {
  readonly der: Uint8Array;
  /** TLS 1.3 only (RFC 8446 section 4.4.2). */
  readonly extensions: readonly Extension[];
}

/** The body of a Certificate up to TLS 1.2 (RFC 5246 section 7.4.2). The list may be empty. */
export function decodeCertificate12(body: Uint8Array): readonly ServedCertificate[] {
  const reader = new ByteReader(body, "certificate", "malformed");
  const list = reader.vector(3, "certificate_list");
  reader.end();
  const served: ServedCertificate[] = [];
  while (list.remaining > 0) served.push({ der: list.vector(3, "certificate", { min: 1 }).rest(), extensions: [] });
  return served;
}

/** RFC 8446 section 4.4.2. */
export function decodeCertificate13(body: Uint8Array): readonly ServedCertificate[] {
  const reader = new ByteReader(body, "certificate", "malformed");
  reader.vector(1, "certificate_request_context");
  const list = reader.vector(3, "certificate_list");
  reader.end();
  const served: ServedCertificate[] = [];
  while (list.remaining > 0) {
    const der = list.vector(3, "cert_data", { min: 1 }).rest();
    served.push({ der, extensions: readExtensions(list.vector(2, "extensions")) });
  }
  return served;
}

/** An OCSP response in DER: of a CertificateStatus, or of the extension of a certificate (RFC 6066 section 8, RFC 8446 section 4.4.2.1). */
export function decodeCertificateStatus(body: Uint8Array): Uint8Array {
  const reader = new ByteReader(body, "certificate-status", "malformed");
  if (reader.uint(1, "status_type") !== OCSP) reader.malformed("status_type");
  const response = reader.vector(3, "response", { min: 1 }).rest();
  reader.end();
  return response;
}

/** What was stapled to the leaf in TLS 1.3. */
export function stapleOf(served: readonly ServedCertificate[]): Uint8Array | undefined {
  const stapled = findExtension(served[0]?.extensions, EXTENSION.statusRequest);
  return stapled === undefined ? undefined : decodeCertificateStatus(stapled.data);
}

const OCSP = 1;
