import { cookiePurpose } from "../catalog/cookie-names.ts";
import type { RawHeaders } from "./header-facts.ts";
import type { CookieFact } from "./kinds.ts";

/**
 * Every cookie that an answer sets: what it is there for and how it is kept (RFC 6265 section 4.1.2), without its name, value or domain.
 * Alike ones once, 20 at the most, in an order of their own. What takes a cookie away sets none.
 */
export function cookieFacts(headers: RawHeaders): readonly CookieFact[] {
  const set = headers.filter(([name]) => name === "set-cookie").flatMap(([, value]) => cookieFact(value));
  const bySpelling = new Map(set.map((fact) => [JSON.stringify(fact), fact]));
  return [...bySpelling.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, fact]) => fact)
    .slice(0, MAX_COOKIES);
}

/** A copy from a cache (RFC 9111 section 5.1); an age of zero may be anybody's. */
export function isFromCache(headers: RawHeaders): boolean {
  const [age = ""] = headers.flatMap(([name, value]) => (name === "age" ? [value.trim()] : []));
  return /^\d{1,12}$/.test(age) && Number(age) > 0;
}

function cookieFact(value: string): readonly CookieFact[] {
  const [pair = "", ...attributes] = value.slice(0, MAX_LENGTH).split(";");
  const equals = pair.indexOf("=");
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  const named = new Map(attributes.map(attributeOf));
  if (name === "" || isTakenAway(named)) return [];
  const sameSite = SAME_SITES.find((word) => word === named.get("samesite"));
  return [
    {
      purpose: cookiePurpose(name),
      secure: named.has("secure"),
      httpOnly: named.has("httponly"),
      ...(sameSite === undefined ? {} : { sameSite }),
    },
  ];
}

function attributeOf(text: string): readonly [name: string, value: string] {
  const [name = "", ...value] = text.split("=");
  return [name.trim().toLowerCase(), value.join("=").trim().toLowerCase()];
}

/** RFC 6265 section 3.1: with a moment that is long past. */
function isTakenAway(attributes: ReadonlyMap<string, string>): boolean {
  return /^(?:0|-\d+)$/.test(attributes.get("max-age") ?? "") || /\b19[67]\d\b/.test(attributes.get("expires") ?? "");
}

const SAME_SITES = ["strict", "lax", "none"] as const;
const MAX_COOKIES = 20;
/** Longest cookie that anybody has to keep (RFC 6265 section 6.1). */
const MAX_LENGTH = 4096;
