import { cookiePurpose } from "../catalog/cookie-names.ts";

/** Where a recorded request carried what proves its sender. Never what. */
export interface SentCredential {
  readonly in: "header" | "cookie" | "query";
  /** Of a field, in lower case. */
  readonly name?: string;
}

/**
 * Undefined where the recording shows none: it may know nothing of requests, and a cookie that is not known to stand for a session proves nobody.
 * Of several, the one that caches know counts first (RFC 9111 section 3.5).
 */
export function sentCredential(fields: readonly (readonly [name: string, value: string])[], inQuery = false): SentCredential | undefined {
  const names = fields.filter(([, value]) => value !== "").map(([name]) => name);
  const field = names.find((name) => name === "authorization") ?? names.find((name) => KEY_FIELD.test(name));
  if (field !== undefined) return { in: "header", name: field };
  if (inQuery) return { in: "query" };
  return fields.some(([name, value]) => name === "cookie" && value.split(";").some(isSession)) ? { in: "cookie" } : undefined;
}

function isSession(pair: string): boolean {
  return cookiePurpose(pair.split("=", 1)[0]?.trim() ?? "") === "session";
}

/** `X-Api-Key`, `Acme-Access-Token`, `Private-Token`, `Ocp-Apim-Subscription-Key`; a token against forged requests proves nobody. */
const KEY_FIELD = /^(?:[a-z0-9]{1,40}-){0,4}(?:api-?key|api-?token|apikey|(?:auth|access|private|bearer|session)-token|subscription-key)$/;
