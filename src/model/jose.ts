/** Algorithms of signatures as IANA registers them, and the deprecated ones that are still met (RFC 7518 section 3.1, RFC 8037, RFC 8812, RFC 9864). */
const SIGNATURES = [
  ...["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519", "Ed448", "HS1", "RS1"],
];
/** Key management (RFC 7518 section 4.1). */
const KEY_MANAGEMENT = [
  ...["RSA1_5", "RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512", "A128KW", "A192KW", "A256KW", "dir"],
  ...["ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW"],
  ...["PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW"],
];
const REGISTERED: ReadonlySet<string> = new Set([...SIGNATURES, ...KEY_MANAGEMENT]);

/** A registered word as it is, `none` in whatever case (draft-ietf-oauth-rfc8725bis section 2.11), `other` for anything else. */
export function algorithmName(text: string): string {
  if (text.toLowerCase() === "none") return "none";
  return REGISTERED.has(text) ? text : "other";
}

export function isHmac(alg: string): boolean {
  return /^HS\d+$/.test(alg);
}

/** PKCS #1 of any padding: the signature is as long as the modulus (RFC 8017 section 8). */
export function isRsaSignature(alg: string): boolean {
  return /^[RP]S\d+$/.test(alg);
}

/** A key of this type and curve can serve the algorithm; what we do not know may fit. */
export function isFitting(alg: string, kty: string, curve: string | undefined): boolean {
  const served = SERVED_BY.find(({ pattern }) => pattern.test(alg));
  if (served === undefined || kty === "other") return true;
  return (
    served.kty.includes(kty) && (served.curves === undefined || curve === undefined || curve === "other" || served.curves.includes(curve))
  );
}

const SERVED_BY: readonly { readonly pattern: RegExp; readonly kty: readonly string[]; readonly curves?: readonly string[] }[] = [
  { pattern: /^(?:[RP]S\d+|RSA.*)$/, kty: ["RSA"] },
  { pattern: /^(?:HS\d+|A\d+(?:GCM)?KW|dir|PBES2.*)$/, kty: ["oct"] },
  { pattern: /^ES256$/, kty: ["EC"], curves: ["P-256"] },
  { pattern: /^ES384$/, kty: ["EC"], curves: ["P-384"] },
  { pattern: /^ES512$/, kty: ["EC"], curves: ["P-521"] },
  { pattern: /^ES256K$/, kty: ["EC"], curves: ["secp256k1"] },
  { pattern: /^ECDH/, kty: ["EC", "OKP"], curves: ["P-256", "P-384", "P-521", "X25519", "X448"] },
  { pattern: /^EdDSA$/, kty: ["OKP"], curves: ["Ed25519", "Ed448"] },
  { pattern: /^Ed25519$/, kty: ["OKP"], curves: ["Ed25519"] },
  { pattern: /^Ed448$/, kty: ["OKP"], curves: ["Ed448"] },
  { pattern: /^none$/, kty: [] },
];
