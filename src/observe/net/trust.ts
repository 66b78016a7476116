import { X509Certificate } from "node:crypto";
import { createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from "node:tls";
import type { ShownCertificate } from "../../model/client-certificate.ts";
import { failureFrom, NetFailure } from "./failure.ts";

/** Whom we believe: node's bundled roots and the user's own. */
export interface Trust {
  /** As any node client of today. */
  readonly usual: SecureContext;
  /** From TLS 1.0 on, with keys and digests that OpenSSL left behind: to see a server that speaks nothing newer. */
  readonly legacy: () => SecureContext;
  /** As `usual`, with a certificate of ours. Throws a `NetFailure` where OpenSSL does not take that. */
  readonly showing: (own: ShownCertificate) => SecureContext;
  /** The user's own, in DER. */
  readonly extraAnchors: readonly Uint8Array[];
}

/** Throws where one of `extraCa` is not a certificate in PEM. */
export function createTrust(extraCa: readonly string[]): Trust {
  const extraAnchors = extraCa.map((pem) => Uint8Array.from(new X509Certificate(pem).raw));
  const ca = [...rootCertificates, ...extraCa];
  let legacy: SecureContext | undefined;
  const showing = new WeakMap<ShownCertificate, SecureContext>();
  return {
    usual: createSecureContext({ ca }),
    legacy: () => {
      legacy ??= createSecureContext({ ca, minVersion: "TLSv1", ciphers: "DEFAULT:@SECLEVEL=0" });
      return legacy;
    },
    showing: (own) => {
      const context = showing.get(own) ?? contextShowing(own, ca);
      showing.set(own, context);
      return context;
    },
    extraAnchors,
  };
}

function contextShowing({ chain, key }: ShownCertificate, ca: string[]): SecureContext {
  try {
    return createSecureContext({ ca, cert: chain, key: key.reveal() });
  } catch (error) {
    const { reason, code } = failureFrom(error, "plan");
    const known = reason === "client_capability" ? reason : "credential_unavailable";
    throw new NetFailure({ reason: known, phase: "plan", retriable: false, ...(code !== undefined && { code }) });
  }
}

export function untrusted(code: string): NetFailure {
  return new NetFailure({ reason: "tls_untrusted", phase: "tls", code, retriable: false });
}

/** node's verdict on a finished handshake, host name included: undefined, or its error code. */
export function trustErrorOf(socket: TLSSocket): string | undefined {
  if (socket.authorized) return undefined;
  // Typed as an Error, and in truth the code of one (or its message, which may quote the certificate).
  const code = String(socket.authorizationError);
  return /^[A-Z][A-Z0-9_]{1,80}$/.test(code) ? code : "CERT_UNTRUSTED";
}
