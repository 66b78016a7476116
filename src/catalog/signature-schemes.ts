import { type DatedFacts, loadFacts } from "./load.ts";

/** A row of the IANA registry of signature schemes, or a pair of hash and signature of TLS 1.2 that it reserves. */
export interface SignatureScheme {
  /** 0..65535. */
  readonly code: number;
  /** "rsa_pss_rsae_sha256"; "dsa_sha1" where the registry has no name. */
  readonly name: string;
  /** "rsa_pkcs1", "rsa_pss_rsae", "rsa_pss_pss", "ecdsa", "eddsa", "dsa", "mldsa", "slhdsa", "gost", "sm2", "eccsi", "ibs". */
  readonly signature: string;
  /** "sha256", "md5"; "intrinsic" where the signature has its own. */
  readonly hash: string;
  readonly tls12?: true;
  /** "certificates": in TLS 1.3 for the signatures of certificates only. */
  readonly tls13?: true | "certificates";
}

/** All that are assigned, in the order of the codes. */
export function signatureSchemes(): readonly SignatureScheme[] {
  schemes ??= loadFacts("signature-schemes", isSchemeFacts).schemes.map((scheme) => ({ ...scheme, code: Number(scheme.code) }));
  return schemes;
}

/** Undefined for a code that the registry did not know when it was read. */
export function signatureSchemeByCode(code: number): SignatureScheme | undefined {
  return signatureSchemes().find((scheme) => scheme.code === code);
}

let schemes: readonly SignatureScheme[] | undefined;

interface SchemeFacts extends DatedFacts {
  readonly schemes: readonly (Omit<SignatureScheme, "code"> & { readonly code: string })[];
}

function isSchemeFacts(candidate: unknown): candidate is SchemeFacts {
  const rows: unknown = (candidate as Record<string, unknown>)["schemes"];
  return Array.isArray(rows) && rows.every(isRow);
}

function isRow(row: unknown): boolean {
  const { code, name, signature, hash } = row as Record<string, unknown>;
  return /^0x[0-9A-F]{4}$/.test(String(code)) && [name, signature, hash].every((word) => typeof word === "string");
}
