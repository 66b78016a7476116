import type { CipherSuite } from "./cipher-suites.ts";

/** What a class can be told by; SSL 2.0's kinds have as much. */
export type SuiteFacts = Pick<
  CipherSuite,
  "name" | "keyExchange" | "authentication" | "forwardSecrecy" | "encryption" | "bits" | "mode" | "export"
>;
export type SuiteClass = (suite: SuiteFacts) => boolean;

/** RFC 9325 section 4.1. */
export const isNull: SuiteClass = ({ mode }) => mode === "null";
/** RFC 5246 appendix A.5: nobody says who the server is. */
export const isAnonymous: SuiteClass = ({ authentication }) => authentication === "anon";
/** 40 and 56 bits, and keys of 512 and 1024 bits to agree on them. */
export const isExport: SuiteClass = (suite) => suite.export === true;
/** RFC 7465. */
export const isRc4: SuiteClass = ({ encryption }) => encryption.startsWith("RC4");
/** Single DES and all else with a key of 64 bits or fewer (RFC 5469). */
export const isShortKeyed: SuiteClass = ({ bits }) => bits > 0 && bits <= 64;
/** Blocks of 64 bits under a long key: Triple DES, IDEA and RC2 in CBC (Sweet32, CVE-2016-2183). */
export const hasShortBlocks: SuiteClass = ({ encryption, bits }) => bits > 64 && /^(3DES|IDEA|RC2)/.test(encryption);
export const is3Des: SuiteClass = ({ encryption }) => encryption.startsWith("3DES");
/** Encrypted, with less strength than so many bits. */
export const isBelow112: SuiteClass = ({ bits }) => bits > 0 && bits < 112;
export const isBelow128: SuiteClass = ({ bits }) => bits > 0 && bits < 128;
/** RSA key transport (RFC 9325 section 4.1). */
export const isStaticRsa: SuiteClass = ({ keyExchange }) => keyExchange === "RSA" || keyExchange === "RSA_PSK";
/** The key of the certificate is the server's half of the exchange. */
export const isStaticDh: SuiteClass = ({ keyExchange }) => keyExchange === "DH" || keyExchange === "ECDH";
export const isDss: SuiteClass = ({ authentication }) => authentication === "DSS";
/** Tags of 64 bits (RFC 6655 section 6.1). */
export const isCcm8: SuiteClass = ({ encryption }) => encryption.endsWith("_CCM_8");
export const isCbc: SuiteClass = ({ mode }) => mode === "cbc";
export const isAead: SuiteClass = ({ mode }) => mode === "aead";
export const isForwardSecret: SuiteClass = ({ forwardSecrecy }) => forwardSecrecy;
export const hasNoForwardSecrecy: SuiteClass = (suite) => !isForwardSecret(suite);
/** Ephemeral Diffie-Hellman in a finite field whose prime the server names; TLS 1.3 has named groups in its place. */
export const isFiniteField: SuiteClass = ({ keyExchange }) => keyExchange === "DHE" || keyExchange === "DHE_PSK";
/** The server signs its ephemeral key (RFC 5246 section 7.4.3, RFC 8422 section 5.4). */
export const isSigned: SuiteClass = ({ keyExchange, authentication }) =>
  ["DHE", "ECDHE"].includes(keyExchange) && ["RSA", "DSS", "ECDSA"].includes(authentication);

/**
 * What verdicts depend on, the narrow ones first: that one of a kind is gone, or still there, says nothing of the others. Every class above is
 * one of these, or several of them together: who sees them all again knows of each class whether anything of it is left.
 */
export const SUITE_KINDS: readonly SuiteClass[] = [
  isAnonymous,
  isNull,
  isExport,
  isRc4,
  isShortKeyed,
  is3Des,
  hasShortBlocks,
  isCcm8,
  isDss,
  isStaticRsa,
  isStaticDh,
  // Its prime is the server's choice, and may be a shorter one by now.
  isFiniteField,
  isCbc,
  hasNoForwardSecrecy,
  // Whoever has lost the last of these has a weakness.
  isAead,
  isSigned,
  isForwardSecret,
];
