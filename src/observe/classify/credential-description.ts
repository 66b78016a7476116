import type { CredentialDescription } from "../../model/own-credential.ts";
import { isObject, jsonObject, textsOf } from "./bounded-json.ts";

/**
 * What a provider says of the credential that asks (GitLab's `personal_access_tokens/self`, SendGrid's `scopes`, Shopify's `access_scopes.json`, Cloudflare's
 * `tokens/verify`, RFC 7662's introspection): what it may do, when it was made and when it ends. Undefined where the answer says none of it.
 */
export function credentialDescription(body: Uint8Array): CredentialDescription | undefined {
  const answer = jsonObject(Buffer.from(body).toString("utf8"), MAX_LENGTH);
  if (answer === undefined) return undefined;
  const scopes = firstOf(answer, SCOPES, scopesIn);
  const createdAt = firstOf(answer, CREATED, instantIn);
  const endsAt = firstOf(answer, ENDS, instantIn);
  if (scopes === undefined && createdAt === undefined && endsAt === undefined) return undefined;
  return {
    ...(scopes !== undefined && { scopes }),
    ...(createdAt !== undefined && { createdAt }),
    ...(endsAt !== undefined && { endsAt }),
  };
}

/** The nearest to the top, by the first of the names that is there; wrappers (`data`, `result`, `attributes`) are looked into. */
function firstOf<T>(answer: unknown, names: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
  let level: readonly unknown[] = [answer];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const objects = level.filter(isObject);
    for (const name of names) {
      for (const object of objects) {
        const found = Object.hasOwn(object, name) ? read(object[name]) : undefined;
        if (found !== undefined) return found;
      }
    }
    level = objects.flatMap((object) => Object.values(object)).slice(0, MOST_LOOKED_INTO);
  }
  return undefined;
}

/** A list of names, or of objects that have one; a text is a list with spaces (RFC 7662 section 2.2). */
function scopesIn(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return value.split(/[ ,]+/, MOST_SCOPES).filter((scope) => scope !== "");
  if (!Array.isArray(value)) return undefined;
  const named = value.slice(0, MOST_SCOPES).map((one) => (isObject(one) ? (one["handle"] ?? one["name"] ?? one["scope"]) : one));
  return textsOf(named, MOST_SCOPES);
}

/** An RFC 3339 text, a day, or seconds since the epoch. */
function instantIn(value: unknown): number | undefined {
  if (typeof value === "number" && Number.isInteger(value) && value > 0 && value < LAST_SECOND) return value * 1000;
  if (typeof value !== "string" || !DATED.test(value)) return undefined;
  const at = Date.parse(value.length === 10 ? `${value}T00:00:00Z` : value.replace(" ", "T"));
  return Number.isNaN(at) ? undefined : at;
}

const SCOPES: readonly string[] = ["scopes", "scope", "access_scopes", "api_key_scopes", "acl"];
const CREATED: readonly string[] = ["created_at", "createdAt", "iat", "issued_on"];
const ENDS: readonly string[] = ["expires_at", "expiresAt", "expires_on", "exp", "expiration"];
const DATED = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const MAX_LENGTH = 64 * 1024;
const DEEPEST = 4;
const MOST_LOOKED_INTO = 200;
const MOST_SCOPES = 200;
/** Of the year 9999. */
const LAST_SECOND = 253_402_300_800;
