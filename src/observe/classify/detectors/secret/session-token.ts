import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";
import { lookHit, secretLook } from "./secret-value.ts";

/** What a login lasts by: a token of that name, a cookie of one, an identifier that nobody can guess in a record about a login. */
export const sessionToken: Detector = {
  class: "session_token",
  over: ["api_key", "password"],
  inText: false,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (type === "number") return undefined;
    if (COOKIES.test(surroundings.name)) return cookieHit(text.slice(0, MAX_COOKIE));
    const [, cookies] = IN_TEXT.exec(text.slice(0, MAX_COOKIE)) ?? [];
    if (cookies !== undefined) return cookieHit(cookies);
    if (!isNamed(surroundings)) return undefined;
    return IDENTIFIERS.test(surroundings.name) ? identifierHit(text) : lookHit(text, 12, 0.95);
  },
};

/** A list of pairs (RFC 6265 section 4.1.1) of which one is called after a session. */
function cookieHit(text: string): Hit | undefined {
  for (const pair of text.split(/[;,]\s*/)) {
    const equals = pair.indexOf("=");
    const value = pair.slice(equals + 1);
    if (equals > 0 && SESSION_COOKIE.test(pair.slice(0, equals).trim()) && secretLook(decoded(value), 16) !== undefined) {
      return { confidence: 0.9, sample: isPlaceholder(value), cues: ["shape"] };
    }
  }
  return undefined;
}

function identifierHit(text: string): Hit | undefined {
  return text.length >= 20 && !RESOURCE.test(text) && secretLook(text, 20) === "opaque"
    ? { confidence: 0.7, sample: isPlaceholder(text), cues: ["opaque", "beside"] }
    : undefined;
}

function isNamed({ name, above, beside }: Surroundings): boolean {
  if (COOKIES.test(name)) return true;
  if (/^(?:cookie|cooky)$/.test(above[0] ?? "")) return SESSION_COOKIE.test(name);
  if (IDENTIFIERS.test(name)) return [...beside].some((other) => LOGIN.test(other));
  return NAMES.test(name) && !isAboutAnother(name);
}

function decoded(text: string): string {
  return text.replace(/%(?:2B|2F|3D|2D|5F|7E|25|3A)/gi, "-");
}

const MAX_COOKIE = 16 * 1024;
const NAMES =
  /\b(?:session ?(?:token|key|secret|cookie|ticket)|sessiontoken|sessionkey|security token|sitzungstoken|sitzungsschlussel|jsessionid|phpsessid|sessid|auth cookie|remember(?: me)? token|id sessao|id sesion|id de session)(?: value)?$/;
/** Of a message that was written down. */
const IN_TEXT = /(?:^|[\s"'])(?:Set-)?Cookie["']?:\s{0,4}["']?([^\r\n]{4,4096})/i;
/** `cs_...`, `CA0a1b...`: a resource that is called a session, or that has an identifier of such a name. */
const RESOURCE = /^(?:[a-z]{2,8}_|[A-Z]{2}[0-9a-f]{32}$)/;
/** `wordsOf` cuts the plural of "cookies" to "cooky". */
const COOKIES = /^(?:set )?(?:cookie|cooky)$/;
const IDENTIFIERS = /^(?:session ?id|sessionid|session|sid)$/;
/** Fields of a login, beside an identifier that may be one of a shop's visit. */
const LOGIN =
  /^(?:server url|metadata server url|password expired|session second valid|session name|csrf|csrf token|xsrf token|logged in|login at|logged in at|idle timeout|auth time|access token|refresh token|user agent|expire|expires? at|expires? in|expiration|expiry|max age|http only|same site|ip|ip address|client ip|ua|last active|last active at|last seen|last seen at|last activity|login|logged out at)$/;
const SESSION_COOKIE = /(?:sess|^sid$|[._-]sid$|auth|token|jwt|remember|login|^s$|^connect\.)/i;
