import type { TlsVersion } from "./tls.ts";

/** What one hello of the enumeration puts on the table. Code points are IANA's, 0..65535. */
export interface TlsOffer {
  /** Alone, or as the ceiling of a hello that lets the server choose anything up to it. */
  readonly version: Exclude<TlsVersion, "SSL 2.0">;
  /** TLS 1.3 alone is offered alone, unless this names the oldest version that supported_versions is to list as well. */
  readonly downTo?: "TLS 1.0" | "TLS 1.1" | "TLS 1.2";
  /** In the order of our preference; at most 128. */
  readonly cipherSuites: readonly number[];
  /** supported_groups, in order; empty: the extension is left out. */
  readonly groups: readonly number[];
  /** signature_algorithms, in order; empty: the extension is left out. */
  readonly signatureSchemes: readonly number[];
  /** signature_algorithms_cert (RFC 8446 section 4.2.3), where the handshake's schemes are not to bind the chain. */
  readonly certificateSchemes?: readonly number[];
  /**
   * TLS 1.3: the groups that a share is sent for. Empty asks for a HelloRetryRequest; so does a server that prefers one of `groups` without.
   * The certificate is read where the server takes one of them.
   */
  readonly shares: readonly number[];
}

/** What came back, as the wire said it. Whoever asks decides what it means. */
export type TlsAnswer =
  | {
      readonly type: "hello";
      readonly version: TlsVersion;
      /** Of SSL 2.0, where the server lists and the client chooses: 0. */
      readonly cipherSuite: number;
      /** SSL 2.0: all that the server has, 24 bits each; there may be none. */
      readonly cipherKinds?: readonly number[];
      readonly helloRetryRequest: boolean;
      /** Of a HelloRetryRequest, a key share or an elliptic ServerKeyExchange. */
      readonly group?: number;
      /** Bits of the prime of a ServerKeyExchange with finite-field Diffie-Hellman. */
      readonly dhBits?: number;
      /** SHA-256 of that prime without leading zeros, in hexadecimal: known primes are recognised by it. */
      readonly dhPrime?: string;
      /** Bits of the modulus of a ServerKeyExchange with an ephemeral RSA key (EXPORT). */
      readonly rsaBits?: number;
      /** SHA-256 of the server's ephemeral public key, in hexadecimal: the same one twice is a key that is used again. */
      readonly ephemeralKey?: string;
      /** Of a signed ServerKeyExchange (TLS 1.2), or CertificateVerify where it was read. */
      readonly signatureScheme?: number;
      /** Description of the fatal alert that came after the hello, before the flight was at its end. */
      readonly brokenOff?: number;
      /** The certificate that was served with it, where it was sent in clear or could be read. */
      readonly certificate?: TlsServedCertificate;
      readonly features?: TlsFeatures;
    }
  | { readonly type: "alert"; readonly level: number; readonly description: number }
  /** FIN, before a byte or in the middle of an answer. */
  | { readonly type: "close"; readonly midAnswer: boolean }
  | { readonly type: "reset" }
  | { readonly type: "timeout" }
  /** Bytes that are no TLS, or break its rules; the field that did. */
  | { readonly type: "malformed"; readonly field: string };

export interface TlsServedCertificate {
  /** Of the leaf's DER, in hexadecimal. */
  readonly sha256: string;
  readonly key: "rsa" | "rsa-pss" | "ecdsa" | "eddsa" | "dsa" | "other";
  /** Code point of the named curve of an ECDSA key, where there is one. */
  readonly group?: number;
  /** Of the modulus of an RSA key that can be read. */
  readonly bits?: number;
}

/** What the flight said beside the choice. An extension that was not asked for is not answered either. */
export interface TlsFeatures {
  /** renegotiation_info (RFC 5746). */
  readonly secureRenegotiation: boolean;
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  /** 0: none. */
  readonly compression: number;
  readonly sessionTicket: boolean;
  /** An OCSP response came with the leaf. */
  readonly stapled: boolean;
  /** Octets of the list of SCTs in the TLS extension; 0 where there was none. */
  readonly sctOctets: number;
  /** That list itself (RFC 6962 section 3.3). */
  readonly timestamps?: Uint8Array;
  /** Undefined where none was chosen. */
  readonly alpn?: string;
  /** DER of the certificates, up to a megabyte, in the order in which they were served; undefined where they could not be read. */
  readonly chain?: readonly Uint8Array[];
  /** A client certificate was asked for. */
  readonly certificateRequest?: TlsCertificateRequest;
  /** Code points of the extensions of ServerHello, and of EncryptedExtensions where they were read, in order. */
  readonly extensions: readonly number[];
  /** What the standard forbids and we tolerated, by field. */
  readonly oddities: readonly string[];
  /** Everything up to ServerHelloDone or CertificateVerify was read. */
  readonly complete: boolean;
}

export interface TlsCertificateRequest {
  readonly signatureSchemes: readonly number[];
  /** "CN=Example CA, O=Example", 64 of them at the most. */
  readonly authorities: readonly string[];
  readonly authorityCount: number;
}
