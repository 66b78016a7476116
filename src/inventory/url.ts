/** What is expected of a URL at one place, in words and as limits. */
export interface UrlRule {
  readonly expected: string;
  readonly schemes: readonly string[];
  readonly path: boolean;
}

export const BASE_URL: UrlRule = {
  expected: "an http or https URL without user, query, fragment or placeholders, for example https://api.example.com/v1",
  schemes: ["https:", "http:"],
  path: true,
};

/** Tokens are asked for with a credential, so there is no http here (RFC 6749 section 3.2). */
export const TOKEN_URL: UrlRule = {
  expected: "an https URL without user, query, fragment or placeholders, for example https://auth.example.com/token",
  schemes: ["https:"],
  path: true,
};

export const PROXY_URL: UrlRule = {
  expected: "a proxy, for example http://proxy.example:3128; its user and password come from HTTPS_PROXY in the environment",
  schemes: ["http:", "https:"],
  path: false,
};

/**
 * The URL in canonical form (A-labels, default port and trailing dot and slash gone), or undefined where it does not fit.
 * Stricter than WHATWG, which drops tabs and line breaks and turns backslashes around: two readers of one inventory must see one host.
 */
export function readUrl(text: string, rule: UrlRule): string | undefined {
  const url = parseStrictly(text);
  if (url === undefined || /[?#]/.test(text)) return undefined;
  if (!rule.schemes.includes(url.protocol)) return undefined;
  const path = url.pathname.replace(/\/+$/, "");
  if (path !== "" && !rule.path) return undefined;
  return canonicalOrigin(url) + path;
}

/** For URLs that may have a query: undefined for userinfo, placeholders, odd characters, an empty or odd host. */
export function parseStrictly(text: string): URL | undefined {
  if (text.length > MAX_LENGTH || /[\s\p{Cc}\p{Cf}\\{}<>"^`|]/u.test(text) || !URL.canParse(text)) return undefined;
  if (!/^https?:\/\/[^/]/i.test(text)) return undefined;
  const url = new URL(text);
  const authority = text.slice(text.indexOf("//") + 2).split(/[/?#]/, 1)[0] ?? "";
  if (authority.includes("@") || url.username !== "" || url.password !== "") return undefined;
  return HOST.test(url.hostname) ? url : undefined;
}

export function canonicalOrigin(url: URL): string {
  const port = url.port === "" ? "" : `:${url.port}`;
  return `${url.protocol}//${url.hostname.replace(/\.$/, "")}${port}`;
}

/** After WHATWG parsing: A-labels, dotted IPv4, or IPv6 in brackets. */
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?|\[[0-9a-f:.]+\])$/;
const MAX_LENGTH = 2048;
