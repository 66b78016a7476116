/** Protocol versions in the words of the report, oldest first. */
export const TLS_VERSIONS = ["SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** SSL 2.0 (RFC 6176), SSL 3.0 (RFC 7568), TLS 1.0 and 1.1 (RFC 8996) must not be used. */
export const DEPRECATED_TLS_VERSIONS: readonly TlsVersion[] = ["SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1"];

/** Subject word of a version: "TLS 1.0" is "tls1.0". */
export function versionSubject(version: TlsVersion): string {
  return version.toLowerCase().replace(" ", "");
}
