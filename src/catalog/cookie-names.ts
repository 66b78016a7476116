import { type DatedFacts, loadFacts } from "./load.ts";

/** What a cookie is there for, as far as its name tells: to find the same backend again, or a session. */
export type CookiePurpose = "balancer" | "session" | "other";

/** By the cookie's name in any case; the prefixes of RFC 6265bis ("__Host-") are not part of it. */
export function cookiePurpose(name: string): CookiePurpose {
  const { balancers, sessions } = loadFacts("cookie-names", isCookieFile);
  const bare = name.toLowerCase().replace(/^__(?:host|secure)-/, "");
  if (isNamed(bare, balancers)) return "balancer";
  return isNamed(bare, sessions) ? "session" : "other";
}

function isNamed(name: string, { names, prefixes, endings }: NameGroup): boolean {
  return names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)) || endings.some((ending) => name.endsWith(ending));
}

interface NameGroup {
  readonly names: readonly string[];
  readonly prefixes: readonly string[];
  readonly endings: readonly string[];
}

interface CookieFile extends DatedFacts {
  readonly balancers: NameGroup;
  readonly sessions: NameGroup;
}

function isCookieFile(facts: unknown): facts is CookieFile {
  const { balancers, sessions } = facts as Partial<CookieFile>;
  return [balancers, sessions].every((group) => [group?.names, group?.prefixes, group?.endings].every(areLowerCase));
}

function areLowerCase(names: unknown): boolean {
  return Array.isArray(names) && names.every((name) => typeof name === "string" && name !== "" && name === name.toLowerCase());
}
