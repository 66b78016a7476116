import type { TlsAlert } from "./alert.ts";
import type { ServedCertificate } from "./certificate.ts";
import type { CertificateRequest } from "./certificate-request.ts";
import type { Extension } from "./extension.ts";
import type { ServerKeyExchange } from "./key-exchange.ts";
import type { ServerHello } from "./server-hello.ts";
import type { RecordVersion } from "./version.ts";

/** What a server answered to a first hello, as far as it was read. */
export interface Flight {
  /** Fatal, or a goodbye: it ended the flight. */
  readonly alert?: TlsAlert;
  /** ServerHello or HelloRetryRequest. */
  readonly hello?: ServerHello;
  /** The version that `hello` chose. */
  readonly version?: RecordVersion;
  readonly helloRetryRequest?: boolean;
  /** TLS 1.3; of a HelloRetryRequest without the key. */
  readonly keyShare?: { readonly group: number; readonly publicKey?: Uint8Array };
  /** TLS 1.3, read with keys only. */
  readonly encryptedExtensions?: readonly Extension[];
  readonly certificates?: readonly ServedCertificate[];
  /** The OCSP response for the leaf, in DER. */
  readonly staple?: Uint8Array;
  /** Up to TLS 1.2. */
  readonly keyExchange?: ServerKeyExchange;
  readonly certificateRequest?: CertificateRequest;
  /** Of CertificateVerify (TLS 1.3, read with keys only). */
  readonly signatureScheme?: number;
  /** What the standard forbids and we tolerated, by field: "server-hello.extension 43 repeated". */
  readonly oddities: readonly string[];
  /** Everything up to ServerHelloDone, a HelloRetryRequest, or CertificateVerify was read. */
  readonly complete: boolean;
}
