import { CHECKED_CLAIMS, ID_TOKEN_CLAIMS, type TokenClaims } from "../../model/token.ts";
import { audienceFacts, type TokenUse } from "./audience.ts";
import { type JsonObject, textsOf } from "./bounded-json.ts";
import { sensitiveClaims } from "./sensitive-claims.ts";
import { shownName } from "./shown-name.ts";

/** What a token claims: the names, the numbers that are times, and words of ours about the rest. */
export function claimFacts(claims: JsonObject, use: TokenUse): TokenClaims {
  const names = Object.keys(claims).sort();
  return {
    ...times(claims),
    audience: audienceFacts(claims, use),
    scopes: scopesOf(claims),
    names: names.slice(0, MAX_NAMES).map(shownName),
    unlisted: Math.max(0, names.length - MAX_NAMES),
    malformed: CHECKED_CLAIMS.filter((name) => isMalformed(name, claims[name])),
    ofIdToken: ID_TOKEN_CLAIMS.filter((name) => Object.hasOwn(claims, name)),
    sensitive: sensitiveClaims(claims),
  };
}

function times(claims: JsonObject): Pick<TokenClaims, "exp" | "iat" | "nbf"> {
  const known = (["exp", "iat", "nbf"] as const).flatMap((name) => {
    const seconds = claims[name];
    // An end beyond all dates is one all the same: verifiers compare numbers.
    const isLater = name === "exp" && typeof seconds === "number" && seconds > MAX_SECONDS;
    return isTime(seconds) || isLater ? [[name, Math.round(Math.min(seconds, MAX_SECONDS) * 1000)]] : [];
  });
  return Object.fromEntries(known);
}

/** NumericDate (RFC 7519 section 2): seconds, which may have a fraction. */
function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= MAX_SECONDS;
}

function isMalformed(name: (typeof CHECKED_CLAIMS)[number], value: unknown): boolean {
  if (value === undefined) return false;
  if (name !== "scope") return !isTime(value);
  return typeof value !== "string" && !(Array.isArray(value) && value.every((one) => typeof one === "string"));
}

/** By any of the names that providers use. */
function scopesOf(claims: JsonObject): readonly string[] {
  const texts = SCOPE_CLAIMS.flatMap((name) => textsOf(claims[name], MAX_SCOPES) ?? []);
  const scopes = texts.flatMap((text) => text.split(" ", MAX_SCOPES)).filter((scope) => scope !== "");
  return [...new Set(scopes.slice(0, MAX_SCOPES).map(shownName))].sort();
}

const MAX_NAMES = 100;
const MAX_SCOPES = 200;
const SCOPE_CLAIMS = ["scope", "scp", "roles", "permissions"];
/** What a date can be told of. */
const MAX_SECONDS = 8.64e12;
