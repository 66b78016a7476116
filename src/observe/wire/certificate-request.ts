import { EXTENSION, findExtension, readExtensions } from "./extension.ts";
import { ByteReader } from "./reader.ts";
import type { RecordVersion } from "./version.ts";

/** What a server wants of a client certificate. */
export interface CertificateRequest {
  /** Up to TLS 1.2: 1 rsa_sign, 2 dss_sign, 64 ecdsa_sign, ... */
  readonly types: readonly number[];
  readonly signatureSchemes: readonly number[];
  /** Distinguished names in DER. */
  readonly authorities: readonly Uint8Array[];
}

/** RFC 5246 section 7.4.4; before TLS 1.2 without signature schemes. */
export function decodeCertificateRequest12(body: Uint8Array, version: RecordVersion): CertificateRequest {
  const reader = new ByteReader(body, SCOPE, "malformed");
  const types = [...reader.vector(1, "certificate_types").rest()];
  const signatureSchemes = version === "TLS 1.2" ? codes(reader.vector(2, "supported_signature_algorithms")) : [];
  const authorities = names(reader.vector(2, "certificate_authorities"));
  reader.end();
  return { types, signatureSchemes, authorities };
}

/** RFC 8446 section 4.3.2. */
export function decodeCertificateRequest13(body: Uint8Array): CertificateRequest {
  const reader = new ByteReader(body, SCOPE, "malformed");
  reader.vector(1, "certificate_request_context");
  const extensions = readExtensions(reader.vector(2, "extensions"));
  reader.end();
  const content = (type: number, field: string) => {
    const found = findExtension(extensions, type);
    return found === undefined ? undefined : new ByteReader(found.data, SCOPE, "malformed").vector(2, field);
  };
  const schemes = content(EXTENSION.signatureAlgorithms, "supported_signature_algorithms");
  const authorities = content(EXTENSION.certificateAuthorities, "certificate_authorities");
  return {
    types: [],
    signatureSchemes: schemes === undefined ? [] : codes(schemes),
    authorities: authorities === undefined ? [] : names(authorities),
  };
}

function codes(list: ByteReader): readonly number[] {
  const found: number[] = [];
  while (list.remaining > 0) found.push(list.uint(2, "signature_algorithm"));
  return found;
}

function names(list: ByteReader): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  while (list.remaining > 0) found.push(list.vector(2, "distinguished_name").rest());
  return found;
}

const SCOPE = "certificate-request";
