import { type CredentialPrefix, credentialPrefixOf } from "../../catalog/credential-prefixes.ts";
import type { CredentialText } from "../../model/own-credential.ts";
import type { Secret } from "../../model/secret.ts";
import type { TokenFacts } from "../../model/token.ts";
import { keyedFingerprint } from "./keyed-fingerprint.ts";
import { type TokenQuestion, tokenFacts } from "./token-facts.ts";

/** A credential of ours as facts: whose it looks like, when it ends, and a fingerprint that is worth nothing without `key`. */
export function ownCredentialFacts(secret: Secret, key: Secret | undefined): CredentialText {
  const text = secret.reveal();
  const known = knownIn(text);
  const { claims } = tokenFacts(text, NOBODY_ASKED);
  return {
    ...(key !== undefined && { fingerprint: keyedFingerprint(secret, key) }),
    ...(known !== undefined && { known: { provider: known.provider, prefix: known.prefix, class: known.class } }),
    ...(claims?.iat !== undefined && { issuedAt: claims.iat }),
    ...(claims?.exp !== undefined && { endsAt: claims.exp }),
  };
}

/** The same as of a token in a file. Words are tried on it here, offline: it is ours, and nobody is asked. */
export function ownTokenFacts(secret: Secret, use: Omit<TokenQuestion, "guess">): TokenFacts {
  const facts = tokenFacts(secret.reveal(), { ...use, guess: true });
  const { claims } = facts;
  // Identifiers of APIs look like hosts, and are none: that it is for another can be said where somebody declared for whom.
  const isGuess = use.audiences.length === 0 && claims?.audience.match === "another";
  return isGuess ? { ...facts, claims: { ...claims, audience: { ...claims.audience, match: "opaque" } } } : facts;
}

/** The whole, or either half of `user:password`: providers put a key in either. A secret says more than the name of one. */
function knownIn(text: string): CredentialPrefix | undefined {
  const colon = text.indexOf(":");
  const halves = colon === -1 ? [] : [text.slice(colon + 1), text.slice(0, colon)];
  const found = [text, ...halves].map(credentialPrefixOf).filter((entry) => entry !== undefined);
  return found.find((entry) => entry.class !== "identifier") ?? found[0];
}

const NOBODY_ASKED: TokenQuestion = { guess: false, audiences: [] };
