import { X509Certificate } from "node:crypto";
import { createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from "node:tls";

/** Whom we believe: node's bundled roots and the user's own. */
export interface Trust {
  /** As any node client of today. */
  readonly usual: SecureContext;
  /** From TLS 1.0 on, with keys and digests that OpenSSL left behind: to see a server that speaks nothing newer. */
  readonly legacy: () => SecureContext;
  /** The user's own, in DER. */
  readonly extraAnchors: readonly Uint8Array[];
}

/** Throws where one of `extraCa` is not a certificate in PEM. */
export function createTrust(extraCa: readonly string[]): Trust {
  const extraAnchors = extraCa.map((pem) => Uint8Array.from(new X509Certificate(pem).raw));
  const ca = [...rootCertificates, ...extraCa];
  let legacy: SecureContext | undefined;
  return {
    usual: createSecureContext({ ca }),
    legacy: () => {
      legacy ??= createSecureContext({ ca, minVersion: "TLSv1", ciphers: "DEFAULT:@SECLEVEL=0" });
      return legacy;
    },
    extraAnchors,
  };
}

/** node's verdict on a finished handshake, host name included: undefined, or its error code. */
export function trustErrorOf(socket: TLSSocket): string | undefined {
  if (socket.authorized) return undefined;
  // Typed as an Error, and in truth the code of one (or its message, which may quote the certificate).
  const code = String(socket.authorizationError);
  return /^[A-Z][A-Z0-9_]{1,80}$/.test(code) ? code : "CERT_UNTRUSTED";
}
