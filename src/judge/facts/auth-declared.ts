import { parseDuration } from "../../model/duration.ts";
import { AUTH_ATTRIBUTES, type AuthAttribute, type IntegrationAuth } from "../../model/integration.ts";
import type { AuthAnswer } from "./auth-strength.ts";

/** What the inventory says of a credential. Words that we do not know count as not said: an older configuration may hold any. */
export interface DeclaredAuth {
  readonly scope?: Word<"scope">;
  readonly revocation?: Word<"revocation">;
  readonly storage?: Word<"storage">;
  readonly pkce?: Word<"pkce">;
  readonly audience?: Word<"audience">;
  readonly nonce?: Word<"nonce">;
  readonly qop?: Word<"qop">;
  readonly algorithm?: Word<"algorithm">;
  readonly expiry?: Word<"expiry">;
  /** Milliseconds, where a lifetime was told; `expiry` is yes then. */
  readonly lifetime?: number;
  readonly clientAuth?: string;
}

export function declaredAuth({ attributes = {}, token }: Pick<IntegrationAuth, "attributes" | "token">): DeclaredAuth {
  const lifetime = parseDuration(attributes["expiry"] ?? "");
  const words = (Object.keys(AUTH_ATTRIBUTES) as AuthAttribute[]).flatMap((name) => {
    const said = attributes[name];
    const word = name === "expiry" && lifetime !== undefined ? "yes" : said;
    return word !== undefined && (AUTH_ATTRIBUTES[name] as readonly string[]).includes(word) ? [[name, word]] : [];
  });
  return {
    ...Object.fromEntries(words),
    ...(lifetime === undefined ? {} : { lifetime }),
    ...(token === undefined ? {} : { clientAuth: token.clientAuth }),
  };
}

export function known<L extends string>(level: L): { readonly low: L; readonly high: L; readonly unknown: readonly string[] } {
  return { low: level, high: level, unknown: [] };
}

/** One of them or something in between, by keys of the inventory that do not tell. */
export function between<Low extends string, High extends string>(low: Low, high: High, ...unknown: readonly string[]) {
  return { low, high, unknown };
}

export function scopeOf({ scope }: DeclaredAuth): AuthAnswer<"scope"> {
  return scope === undefined ? between("all", "fine", ATTRIBUTE.scope) : known(scope);
}

export function expiryOf({ expiry }: DeclaredAuth): AuthAnswer<"expiry"> {
  if (expiry === undefined) return between("no", "yes", ATTRIBUTE.expiry);
  return known(expiry === "optional" ? "opt" : expiry);
}

export function revocationOf({ revocation }: DeclaredAuth): AuthAnswer<"revocation"> {
  return revocation === undefined ? between("no", "overlap", ATTRIBUTE.revocation) : known(revocation);
}

/** As keys of the inventory. */
export const ATTRIBUTE = {
  scope: "attributes.scope",
  expiry: "attributes.expiry",
  revocation: "attributes.revocation",
  storage: "attributes.storage",
  pkce: "attributes.pkce",
  audience: "attributes.audience",
  nonce: "attributes.nonce",
  qop: "attributes.qop",
  algorithm: "attributes.algorithm",
  clientAuth: "token.clientAuth",
  location: "in",
} as const;

type Word<A extends AuthAttribute> = (typeof AUTH_ATTRIBUTES)[A][number];
