import { type DatedFacts, loadFacts } from "./load.ts";

/** A row of the IANA registry of cipher suites. */
export interface CipherSuite {
  /** 0..65535. */
  readonly code: number;
  /** "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256". */
  readonly name: string;
  /** OpenSSL's word for it, where it has another one: "ECDHE-RSA-AES128-GCM-SHA256". */
  readonly openssl?: string;
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

interface CipherSuiteFacts extends DatedFacts {
  readonly cipherSuites: readonly { readonly code: string; readonly name: string; readonly openssl?: string }[];
}

interface Registry {
  readonly byCode: ReadonlyMap<number, CipherSuite>;
  readonly byName: ReadonlyMap<string, CipherSuite>;
}

let read: Registry | undefined;

function registry(): Registry {
  if (read !== undefined) return read;
  const suites = loadFacts("cipher-suites", isCipherSuiteFacts).cipherSuites.map((suite) => ({ ...suite, code: Number(suite.code) }));
  read = {
    byCode: new Map(suites.map((suite) => [suite.code, suite])),
    byName: new Map(
      suites.flatMap((suite) => [suite.name, ...(suite.openssl === undefined ? [] : [suite.openssl])].map((n) => [n, suite])),
    ),
  };
  return read;
}

function isCipherSuiteFacts(facts: unknown): facts is CipherSuiteFacts {
  const suites: unknown = (facts as { cipherSuites?: unknown }).cipherSuites;
  return Array.isArray(suites) && suites.every(isRow);
}

function isRow(row: unknown): boolean {
  const { code, name, openssl } = row as Record<string, unknown>;
  return /^0x[0-9A-F]{4}$/.test(String(code)) && /^TLS_\w+$/.test(String(name)) && ["string", "undefined"].includes(typeof openssl);
}
