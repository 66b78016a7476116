import { X509Certificate } from "node:crypto";
import type { CertificateFacts } from "../../evidence/kinds.ts";

/** The public key of a certificate. */
export interface LeafKey {
  /** "rsa", "rsa-pss", "ecdsa", "eddsa", "dsa" or "other", the words of `TlsLeafFact`. */
  readonly type: string;
  /** Of the modulus, or of the field of the curve; undefined where the curve is not known. */
  readonly bits?: number;
  /** IANA name: "secp256r1". */
  readonly curve?: string;
}

/** Undefined where the certificate cannot be read: Node reads no key that its OpenSSL does not know. */
export function leafKeyOf({ der }: Pick<CertificateFacts, "der">): LeafKey | undefined {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = new X509Certificate(Buffer.from(der, "base64")).publicKey;
    const type = TYPES[asymmetricKeyType ?? ""] ?? "other";
    const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
    const curve = CURVES[namedCurve ?? asymmetricKeyType ?? ""];
    const bits = modulusLength ?? curve?.bits;
    return { type, ...(bits === undefined ? {} : { bits }), ...(curve?.name === undefined ? {} : { curve: curve.name }) };
  } catch {
    return undefined;
  }
}

/** Bits of a curve that evidence names: "secp256r1". */
export function curveBits(name: string): number | undefined {
  return Object.values(CURVES).find((curve) => curve.name === name)?.bits;
}

/** Node's words. */
const TYPES: Readonly<Record<string, string>> = {
  rsa: "rsa",
  "rsa-pss": "rsa-pss",
  ec: "ecdsa",
  ed25519: "eddsa",
  ed448: "eddsa",
  dsa: "dsa",
};

/** OpenSSL's words for curves. */
const CURVES: Readonly<Record<string, { readonly name?: string; readonly bits: number }>> = {
  prime192v1: { name: "secp192r1", bits: 192 },
  secp224r1: { name: "secp224r1", bits: 224 },
  prime256v1: { name: "secp256r1", bits: 256 },
  secp256k1: { name: "secp256k1", bits: 256 },
  secp384r1: { name: "secp384r1", bits: 384 },
  secp521r1: { name: "secp521r1", bits: 521 },
  brainpoolP256r1: { name: "brainpoolP256r1", bits: 256 },
  brainpoolP384r1: { name: "brainpoolP384r1", bits: 384 },
  brainpoolP512r1: { name: "brainpoolP512r1", bits: 512 },
  ed25519: { bits: 255 },
  ed448: { bits: 448 },
};
