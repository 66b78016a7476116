import type { CertificateFacts } from "../../evidence/kinds.ts";
import { publicKeyOf } from "../../pki/certificate.ts";
import { keyFacts } from "../../pki/key-strength.ts";

/** The public key of a certificate. */
export interface LeafKey {
  /** "rsa", "rsa-pss", "ecdsa", "eddsa", "dsa" or "other", the words of `TlsLeafFact`. */
  readonly type: string;
  /** Of the modulus, or of the field of the curve; undefined where the curve is not known. */
  readonly bits?: number;
  /** IANA name: "secp256r1". */
  readonly curve?: string;
}

/** Undefined where the certificate cannot be read. */
export function leafKeyOf({ der }: Pick<CertificateFacts, "der">): LeafKey | undefined {
  const key = publicKeyOf(Buffer.from(der, "base64"));
  if (key === undefined) return undefined;
  const { type, bits, curve } = keyFacts(key);
  const edwards = EDWARDS[type];
  if (edwards !== undefined) return { type: "eddsa", bits: edwards };
  return { type, ...(bits === undefined ? {} : { bits }), ...(curve === undefined ? {} : { curve }) };
}

/** Bits of the field (RFC 8032 sections 5.1 and 5.2). */
const EDWARDS: Readonly<Record<string, number>> = { ed25519: 255, ed448: 448 };
