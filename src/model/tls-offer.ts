import type { TlsVersion } from "./tls.ts";

/** What one hello of the enumeration puts on the table. Code points are IANA's, 0..65535. */
export interface TlsOffer {
  /** Alone, or as the ceiling of a hello that lets the server choose anything up to it. */
  readonly version: Exclude<TlsVersion, "SSL 2.0">;
  /** In the order of our preference; at most 128. */
  readonly cipherSuites: readonly number[];
  /** supported_groups, in order; empty: the extension is left out. */
  readonly groups: readonly number[];
  /** signature_algorithms, in order; empty: the extension is left out. */
  readonly signatureSchemes: readonly number[];
  /** signature_algorithms_cert (RFC 8446 section 4.2.3), where the handshake's schemes are not to bind the chain. */
  readonly certificateSchemes?: readonly number[];
  /** TLS 1.3: the groups that a share is sent for. Empty asks for a HelloRetryRequest. */
  readonly shares: readonly number[];
}

/** What came back, as the wire said it. Whoever asks decides what it means. */
export type TlsAnswer =
  | {
      readonly type: "hello";
      readonly version: TlsVersion;
      readonly cipherSuite: number;
      readonly helloRetryRequest: boolean;
      /** Of a HelloRetryRequest, a key share or an elliptic ServerKeyExchange. */
      readonly group?: number;
      /** Octets of the prime of a ServerKeyExchange with finite-field Diffie-Hellman. */
      readonly dhBits?: number;
      /** Of a signed ServerKeyExchange (TLS 1.2), or CertificateVerify where it was read. */
      readonly signatureScheme?: number;
      /** The certificate that was served with it, where it was sent in clear or could be read. */
      readonly certificate?: {
        readonly sha256: string;
        readonly key: "rsa" | "rsa-pss" | "ecdsa" | "eddsa" | "dsa" | "other";
        readonly group?: number;
      };
    }
  | { readonly type: "alert"; readonly level: number; readonly description: number }
  /** FIN, before a byte or in the middle of an answer. */
  | { readonly type: "close"; readonly midAnswer: boolean }
  | { readonly type: "reset" }
  | { readonly type: "timeout" }
  /** Bytes that are no TLS, or break its rules; the field that did. */
  | { readonly type: "malformed"; readonly field: string };
