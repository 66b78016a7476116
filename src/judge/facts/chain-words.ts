import type { ChainProblem, ChainProblemKind } from "../../pki/chain-problem.ts";

/** What is wrong, for the reader of a finding: "the certificate above the leaf is no authority". */
export function problemText({ kind, certificate }: ChainProblem): string {
  return `${WHO[certificate] ?? "a certificate further up"} ${WORDS[kind]}`;
}

const WHO: readonly string[] = ["the certificate", "its issuer's certificate", "the certificate above its issuer"];

const WORDS: Readonly<Record<ChainProblemKind, string>> = {
  malformed: "is not a certificate in DER",
  "too-complex": "comes with more signatures or names than we check",
  "unsupported-algorithm": "is signed in a way that cannot be checked here",
  "name-mismatch": "was issued for another host name",
  "self-signed": "vouches for itself",
  "unknown-issuer": "leads to an issuer that is not trusted",
  incomplete: "comes without the certificate of its issuer",
  "bad-signature": "was not signed by the issuer that it names",
  expired: "has expired",
  "not-yet-valid": "is not valid yet",
  "issuer-expired": "has expired",
  "issuer-not-yet-valid": "is not valid yet",
  "not-an-authority": "must not issue certificates",
  "path-too-long": "allows fewer authorities below it",
  "name-not-permitted": "must not vouch for this name",
  "wrong-usage": "is not for servers",
  "weak-signature": "is signed with SHA-1 or MD5",
  "weak-key": "has a key that is too short",
  "unknown-critical-extension": "has a critical extension that nobody here knows",
  "profile-violation": "breaks RFC 5280",
};
