import type { LeakKind } from "../../../../model/head-facts.ts";
import { internalNames } from "../../../../model/internal-names.ts";
import { isPoolCookie } from "./pool-cookie.ts";
import { type ClaimJudge, secretsInCookie } from "./secrets.ts";

/** Of one Set-Cookie: where its value leads behind a balancer, and what a token in it holds. What it stands for is a fact of its own (CookieFact). */
export function cookieLeaks(_field: string, cookie: string, { isSensitive }: { readonly isSensitive: ClaimJudge }): readonly LeakKind[] {
  const [pair = "", ...attributes] = cookie.slice(0, MAX_COOKIE).split(";");
  const equals = pair.indexOf("=");
  if (equals < 1) return [];
  const name = pair.slice(0, equals).trim();
  const value = pair.slice(equals + 1).trim();
  const domain = attributes.find((attribute) => /^\s*domain=/i.test(attribute))?.split("=")[1] ?? "";
  const named = [...internalNames("set-cookie", value), ...internalNames("domain", domain.replace(/^\s*\.?/, ""))];
  const places = named.map(({ what }) => what);
  return [...(isPoolCookie(name, value) ? ["pool-address" as const] : []), ...places, ...secretsInCookie(value, isSensitive)];
}

/** Longest cookie that anybody has to keep (RFC 6265 section 6.1). */
const MAX_COOKIE = 4096;
