import type { ChainProblem, ChainProblemKind } from "../../pki/chain-problem.ts";
import { violationText } from "./profile-words.ts";

/** What is wrong, for the reader of a finding: "the certificate above the leaf is no authority". */
export function problemText({ kind, certificate, violations = [] }: ChainProblem): string {
  const how = violations.length === 0 ? "" : `: ${violations.map(violationText).join(", ")}`;
  return `${WHO[certificate] ?? "a certificate further up"} ${WORDS[kind]}${how}`;
}

const WHO: readonly string[] = ["the certificate", "its issuer's certificate", "the certificate above its issuer"];

const WORDS: Readonly<Record<ChainProblemKind, string>> = {
  malformed: "is no certificate, or not written as DER demands",
  "too-complex": "comes with more signatures or names than we check",
  "unsupported-algorithm": "is signed in a way that cannot be checked here",
  "unreadable-names": "has alternative names that cannot be read",
  "no-names": "has no alternative names, and a common name does not count any more",
  "name-mismatch": "was issued for another host name",
  "self-signed": "vouches for itself",
  "unknown-issuer": "leads to an issuer that is not trusted, or whose certificate is missing",
  incomplete: "comes without the certificate of its issuer",
  "bad-signature": "was not signed by the issuer that it names",
  expired: "has expired",
  "not-yet-valid": "is not valid yet",
  "issuer-expired": "has expired",
  "issuer-not-yet-valid": "is not valid yet",
  "not-an-authority": "must not issue certificates",
  "path-too-long": "allows fewer authorities below it",
  "name-not-permitted": "must not vouch for this name",
  "constraints-on-leaf": "has name constraints, which only an authority may have",
  "wrong-usage": "is not for servers, or its key is not for what TLS does with it",
  "weak-signature": "is signed with SHA-1 or MD5",
  "weak-key": "has a key that is too short",
  "unreadable-key": "has a key that is none",
  "other-key-named": "names another key of its issuer",
  "unknown-critical-extension": "has a critical extension that nobody here knows",
  "profile-violation": "breaks RFC 5280",
};
