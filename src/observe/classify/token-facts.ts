import { algorithmName } from "../../model/jose.ts";
import { KEY_MEMBERS, type TokenFacts, type TokenHeader } from "../../model/token.ts";
import type { TokenUse } from "./audience.ts";
import type { JsonObject } from "./bounded-json.ts";
import { claimFacts } from "./claims.ts";
import { compactToken, MAX_TOKEN } from "./compact-token.ts";
import { isGuessed } from "./guessed-secret.ts";
import { opaqueFacts } from "./opaque-token.ts";
import { urlPlace } from "./url-place.ts";

export interface TokenQuestion extends TokenUse {
  /** HMACs are tried with words that everybody tries first. */
  readonly guess: boolean;
}

/** A token as facts, never as a value; at most 64 KB of it are looked at. What is no JWT (`compactToken`) is opaque. */
export function tokenFacts(text: string, question: TokenQuestion): TokenFacts {
  const token = compactToken(text);
  if (token === undefined) return { format: "opaque", opaque: opaqueFacts(text.slice(0, MAX_TOKEN)) };
  const { format, alg, claims, signed, signature } = token;
  const header = headerFacts(token.header, alg);
  if (format === "jwe") return { format, header };
  const { guess, host } = question;
  return {
    format,
    header,
    signatureBytes: Buffer.byteLength(signature, "base64url"),
    ...(claims !== undefined && { claims: claimFacts(claims, question) }),
    ...(guess &&
      alg.startsWith("HS") && {
        guessed: isGuessed({ alg, signed, signature, claims: claims ?? {}, ...(host !== undefined && { host }) }),
      }),
  };
}

function headerFacts(header: JsonObject, alg: string): TokenHeader {
  const keys = KEY_MEMBERS.filter((member) => Object.hasOwn(header, member)).map((member) => ({
    member,
    at: member === "jwk" || member === "x5c" ? ("inside" as const) : urlPlace(header[member]),
  }));
  return { alg: algorithmName(alg), typ: typeOf(header["typ"]), kid: kidOf(header["kid"]), keys };
}

/** A media type may leave out its `application/` (RFC 7515 section 4.1.9). */
function typeOf(typ: unknown): TokenHeader["typ"] {
  if (typ === undefined) return "absent";
  const name = String(typ)
    .toLowerCase()
    .replace(/^application\//, "");
  return name === "jwt" || name === "at+jwt" || name === "dpop+jwt" ? name : "other";
}

/**
 * Who looks keys up by kid may do so in a file, a table or a directory (draft-ietf-oauth-rfc8725bis section 3.10). URLs, ARNs and thumbprints in plain
 * base64 have slashes by nature.
 */
function kidOf(kid: unknown): TokenHeader["kid"] {
  if (kid === undefined) return "absent";
  if (typeof kid !== "string" || kid.length > MAX_KID || kid.includes("..")) return "unsafe";
  if (PLAIN_KID.test(kid) || THUMBPRINT.test(kid) || ARN.test(kid)) return "safe";
  return urlPlace(kid) === "https" && URL_KID.test(kid) ? "safe" : "unsafe";
}

const MAX_KID = 1024;
const PLAIN_KID = /^[\w.:+=~@-]*$/;
const THUMBPRINT = /^[A-Za-z0-9+/]{27}=$|^[A-Za-z0-9+/]{43}=$/;
const ARN = /^arn:[\w:/+=.@-]+$/;
const URL_KID = /^[\w.:/?#&=%+~@-]+$/;
