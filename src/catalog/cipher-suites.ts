import type { TlsVersion } from "../model/tls.ts";
import { type DatedFacts, loadFacts } from "./load.ts";

/** A row of the IANA registry of cipher suites, or one that servers speak without it. */
export interface CipherSuite {
  /** 0..65535. */
  readonly code: number;
  /** "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256". */
  readonly name: string;
  /** OpenSSL's word for it, where it has another one: "ECDHE-RSA-AES128-GCM-SHA256". */
  readonly openssl?: string;
  /** "RSA", "DH" (static), "DHE", "ECDH" (static), "ECDHE", "PSK", "RSA_PSK", "DHE_PSK", "ECDHE_PSK", "KRB5", "SRP", "GOST", "ECCPWD"; "any" in TLS 1.3. */
  readonly keyExchange: string;
  /** Who signs, or whose key it is: "RSA", "DSS", "ECDSA", "PSK", "anon", ...; "any" in TLS 1.3. */
  readonly authentication: string;
  readonly forwardSecrecy: boolean;
  /** "AES_128_GCM", "3DES_EDE_CBC", "NULL". */
  readonly encryption: string;
  /** Effective strength of the encryption: 0 for NULL, 40 for EXPORT, 112 for 3DES. */
  readonly bits: number;
  readonly mode: "aead" | "cbc" | "stream" | "null" | "none";
  /** "AEAD", "SHA256", "SHA" (that is, SHA-1), "MD5". */
  readonly mac: string;
  /** Not in earlier versions; undefined: since SSL 3.0 or TLS 1.0, up to TLS 1.2. */
  readonly since?: "TLS 1.2" | "TLS 1.3";
  readonly export?: true;
  /** A signal in the list of a client, never negotiated. */
  readonly signalling?: true;
  /** Of a draft or a vendor, not of the registry. */
  readonly unassigned?: true;
}

/** All that a server might choose, in the order of the codes. */
export function cipherSuites(): readonly CipherSuite[] {
  return registry().offered;
}

/**
 * All that a server might choose in a version for a client that it knows nothing of, in the order of the codes; SSL 2.0 has none of these.
 * Authenticated encryption and the MACs of SHA-2 came with TLS 1.2 (RFC 5246 section 1.2), and TLS 1.3 has suites of its own.
 */
export function cipherSuitesOf(version: TlsVersion): readonly CipherSuite[] {
  const known = byVersion.get(version) ?? cipherSuites().filter((suite) => isNegotiable(suite, version));
  byVersion.set(version, known);
  return known;
}

/** Undefined for a code that the registry did not know when it was read. */
export function cipherSuiteByCode(code: number): CipherSuite | undefined {
  return registry().byCode.get(code);
}

/** By IANA or OpenSSL name, in the spelling of the registry or of node's getCipher(). */
export function cipherSuiteByName(name: string): CipherSuite | undefined {
  return registry().byName.get(name);
}

/** The code as reports write it: "0xC02F". */
export function cipherSuiteCodeText(code: number): string {
  return `0x${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A CIPHER-KIND of SSL 2.0 (24 bits), which is not a cipher suite of the later registry. */
interface Ssl2CipherKind {
  readonly code: number;
  /** "SSL_CK_RC4_128_WITH_MD5". */
  readonly name: string;
  readonly bits: number;
}

/** In the order of their codes. */
export function ssl2CipherKinds(): readonly Ssl2CipherKind[] {
  return facts().ssl2CipherKinds.map((kind) => ({ ...kind, code: Number(kind.code) }));
}

function isNegotiable({ since, keyExchange, mode }: CipherSuite, version: TlsVersion): boolean {
  if (version === "SSL 2.0" || NEVER_ALONE.includes(keyExchange)) return false;
  // RFC 4357 and what followed are of TLS 1.0 at least.
  if (keyExchange === "GOST" && version === "SSL 3.0") return false;
  if (version === "TLS 1.3") return since === "TLS 1.3";
  // Under a key that is shared they are no matter of the version (RFC 5487 section 3): OpenSSL takes them since TLS 1.0.
  if (since === "TLS 1.2" && mode !== "aead" && keyExchange.endsWith("PSK")) return version !== "SSL 3.0";
  return since === undefined || (since === "TLS 1.2" && version === "TLS 1.2");
}

/** No server takes a suite of SRP or ECCPWD without the extension that names its user (RFC 5054, 8492), and none the null suite (RFC 5246 appendix A.5). */
const NEVER_ALONE: readonly string[] = ["SRP", "ECCPWD", "NULL"];
const byVersion = new Map<TlsVersion, readonly CipherSuite[]>();

type Row<T extends { readonly code: number }> = Omit<T, "code"> & { readonly code: string };

interface CipherSuiteFacts extends DatedFacts {
  readonly cipherSuites: readonly Row<CipherSuite>[];
  readonly ssl2CipherKinds: readonly Row<Ssl2CipherKind>[];
}

interface Registry {
  readonly offered: readonly CipherSuite[];
  readonly byCode: ReadonlyMap<number, CipherSuite>;
  readonly byName: ReadonlyMap<string, CipherSuite>;
}

let read: Registry | undefined;

function registry(): Registry {
  if (read !== undefined) return read;
  const suites = facts().cipherSuites.map((suite) => ({ ...suite, code: Number(suite.code) }));
  read = {
    offered: suites.filter(({ signalling }) => signalling !== true),
    byCode: new Map(suites.map((suite) => [suite.code, suite])),
    byName: new Map(
      suites.flatMap((suite) => [suite.name, ...(suite.openssl === undefined ? [] : [suite.openssl])].map((n) => [n, suite])),
    ),
  };
  return read;
}

function facts(): CipherSuiteFacts {
  return loadFacts("cipher-suites", isCipherSuiteFacts);
}

function isCipherSuiteFacts(candidate: unknown): candidate is CipherSuiteFacts {
  const { cipherSuites, ssl2CipherKinds } = candidate as Record<string, unknown>;
  return Array.isArray(cipherSuites) && cipherSuites.every(isRow) && Array.isArray(ssl2CipherKinds) && ssl2CipherKinds.every(isKind);
}

function isRow(row: unknown): boolean {
  const { code, name, openssl, keyExchange, authentication, encryption, mac, forwardSecrecy, bits } = row as Record<string, unknown>;
  return (
    /^0x[0-9A-F]{4}$/.test(String(code)) &&
    /^(TLS|SSL)_\w+$/.test(String(name)) &&
    ["string", "undefined"].includes(typeof openssl) &&
    [keyExchange, authentication, encryption, mac].every((word) => typeof word === "string") &&
    typeof forwardSecrecy === "boolean" &&
    typeof bits === "number"
  );
}

function isKind(kind: unknown): boolean {
  const { code, name, bits } = kind as Record<string, unknown>;
  return /^0x[0-9A-F]{6}$/.test(String(code)) && /^SSL_CK_\w+$/.test(String(name)) && typeof bits === "number";
}
