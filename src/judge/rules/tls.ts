import type { Rule } from "./rule.ts";
import { tripleDesCipherOffered } from "./tls/3des-cipher-offered.ts";
import { anonymousCipherOffered } from "./tls/anonymous-cipher-offered.ts";
import { ccm8CipherOffered } from "./tls/ccm8-cipher-offered.ts";
import { clientCertificateUndeclared } from "./tls/client-certificate-undeclared.ts";
import { clientNegotiatesWeak } from "./tls/client-negotiates-weak.ts";
import { clientWouldBreak } from "./tls/client-would-break.ts";
import { compression } from "./tls/compression.ts";
import { configurationDiffers } from "./tls/configuration-differs.ts";
import { deprecatedVersionNegotiated } from "./tls/deprecated-version-negotiated.ts";
import { deprecatedVersionOffered } from "./tls/deprecated-version-offered.ts";
import { desCipherOffered } from "./tls/des-cipher-offered.ts";
import { ephemeralKeyReuse } from "./tls/ephemeral-key-reuse.ts";
import { exportCipherOffered } from "./tls/export-cipher-offered.ts";
import { fallbackUnprotected } from "./tls/fallback-unprotected.ts";
import { insecureRenegotiation } from "./tls/insecure-renegotiation.ts";
import { intolerant } from "./tls/intolerant.ts";
import { noAuthenticatedEncryption } from "./tls/no-authenticated-encryption.ts";
import { noExtendedMasterSecret } from "./tls/no-extended-master-secret.ts";
import { noForwardSecrecy } from "./tls/no-forward-secrecy.ts";
import { noPostQuantum } from "./tls/no-post-quantum.ts";
import { noTls13 } from "./tls/no-tls13.ts";
import { nullCipherOffered } from "./tls/null-cipher-offered.ts";
import { outsidePolicy } from "./tls/outside-policy.ts";
import { rc4CipherOffered } from "./tls/rc4-cipher-offered.ts";
import { staticRsaOffered } from "./tls/static-rsa-offered.ts";
import { weakCipherNegotiated } from "./tls/weak-cipher-negotiated.ts";
import { weakDh } from "./tls/weak-dh.ts";
import { weakSignatureScheme } from "./tls/weak-signature-scheme.ts";

/** Sorted by id. */
export const TLS_RULES: readonly Rule[] = [
  tripleDesCipherOffered,
  anonymousCipherOffered,
  ccm8CipherOffered,
  clientCertificateUndeclared,
  clientNegotiatesWeak,
  clientWouldBreak,
  compression,
  configurationDiffers,
  deprecatedVersionNegotiated,
  deprecatedVersionOffered,
  desCipherOffered,
  ephemeralKeyReuse,
  exportCipherOffered,
  fallbackUnprotected,
  insecureRenegotiation,
  intolerant,
  noAuthenticatedEncryption,
  noExtendedMasterSecret,
  noForwardSecrecy,
  noPostQuantum,
  noTls13,
  nullCipherOffered,
  outsidePolicy,
  rc4CipherOffered,
  staticRsaOffered,
  weakCipherNegotiated,
  weakDh,
  weakSignatureScheme,
];
