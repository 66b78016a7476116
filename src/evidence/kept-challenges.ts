import { internalNames } from "../model/internal-names.ts";
import { type Challenge, parseChallenges } from "./challenge.ts";
import { maskOpaque, OPAQUE } from "./clean-text.ts";

/**
 * What may be remembered of a WWW-Authenticate field: schemes, names of parameters, and the values that are words of a standard, in the grammar
 * of the field: `Digest realm="", algorithm="MD5", nonce=""`. Realms, nonces and token68 are values and are dropped. A scheme that does not read like
 * a name is one that nobody calls by it, and no fault. The good prefix of a malformed field is kept, with a mark that is malformed as well.
 */
export function keptChallenges(field: string): string {
  const { challenges, malformed } = parseChallenges([field]);
  const kept = challenges.map((challenge) => (isName(challenge.scheme) ? printed(challenge) : UNNAMED));
  return [...kept, ...(malformed ? [UNREADABLE] : [])].join(", ");
}

function printed({ scheme, params }: Challenge): string {
  const names = Object.entries(params).filter(([name, value]) => isName(name) && !isEmptyList(name, value));
  return [scheme, names.map(([name, value]) => `${name}="${keptValue(name, value)}"`).join(", ")].filter((part) => part !== "").join(" ");
}

/** Nothing in the list of qop is as good as no list (RFC 7616 section 3.3), and not a word that is not kept. */
function isEmptyList(name: string, value: string): boolean {
  return name === "qop" && /^[ ,]*$/.test(value);
}

/** Words of standards alone, each as its standard spells it, and scopes, which name what a provider hands out. */
function keptValue(name: string, value: string): string {
  const words = value.split(/[ ,]+/, MAX_WORDS);
  const isKnown = STANDARD_WORDS[name];
  if (isKnown !== undefined) return words.filter((word) => isKnown.test(word)).join(" ");
  return name === "scope" ? keptWords(words.filter((word) => SCOPE.test(word))).join(" ") : "";
}

/** Names of what a provider hands out, each once and sorted, 100 at the most; what reads like a value is masked. */
export function keptScopes(scopes: readonly string[]): readonly string[] {
  return [...new Set(keptWords(scopes))].sort().slice(0, MAX_SCOPES);
}

function keptWords(words: readonly string[]): readonly string[] {
  const named = words.filter((word) => /^[\w.:/*+~-]{1,80}$/.test(word));
  return named.map((word) => (internalNames("scope", word).length > 0 ? OPAQUE : maskOpaque(word)));
}

function isName(word: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_*-]{0,31}$/.test(word) && !/[A-Za-z0-9]{20,}/.test(word);
}

/** RFC 6750 section 3.1, RFC 9449 sections 7.1 and 9, RFC 9470 section 3, RFC 7616 section 3.3, RFC 7617 section 2.1, RFC 7518 section 3.1. */
const STANDARD_WORDS: Readonly<Record<string, RegExp | undefined>> = Object.assign(Object.create(null) as object, {
  error: /^(?:invalid_request|invalid_token|insufficient_scope|use_dpop_nonce|invalid_dpop_proof|insufficient_user_authentication)$/,
  algorithm: /^(?:md5|sha-256|sha-512-256)(?:-sess)?$/i,
  qop: /^auth(?:-int)?$/i,
  stale: /^(?:true|false)$/i,
  userhash: /^(?:true|false)$/i,
  charset: /^utf-8$/i,
  algs: /^(?:(?:RS|PS|ES|HS)(?:256|384|512)|EdDSA|Ed25519|ES256K)$/,
});
/** Without digits, which are mostly somebody's. */
const SCOPE = /^[A-Za-z][A-Za-z._:*-]{0,60}$/;
const MAX_WORDS = 20;
const MAX_SCOPES = 100;
/** In the place of a scheme whose name may not be kept: a token, and nobody's scheme. */
export const UNNAMED = "*";
/** For what cannot be read. No token can begin with it, so that it is read as what it stands for. */
const UNREADABLE = "?";
