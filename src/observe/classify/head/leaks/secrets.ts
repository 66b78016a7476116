import { credentialPrefixOf } from "../../../../catalog/credential-prefixes.ts";
import type { LeakKind } from "../../../../model/head-facts.ts";
import { algorithmName } from "../../../../model/jose.ts";
import type { JsonObject } from "../../bounded-json.ts";
import { type CompactToken, compactToken } from "../../compact-token.ts";
import { type VendorKey, vendorKeyOf } from "../../detectors/secret/vendor-keys.ts";
import { isMasked, isOpaque, isPlaceholder } from "../../values.ts";

/** Whether claims of a token tell of a person or hold a secret. */
export type ClaimJudge = (claims: JsonObject) => boolean;

/** What opens something: shapes of secrets in any field, and opaque values in fields that are called after a session. */
export function secretLeaks(field: string, value: string, { isSensitive }: { readonly isSensitive: ClaimJudge }): readonly LeakKind[] {
  const tokens = tokensIn(value);
  const webTokens = tokens.flatMap((token) => webToken(token) ?? []);
  const isSession =
    SESSION_FIELDS.test(field) && (CREDENTIAL.test(value) || tokens.some((token) => isOpaque(token, LEAST_SESSION) && isReal(token)));
  const found: readonly (readonly [LeakKind, boolean])[] = [
    ["secret", holdsSecret(value, tokens)],
    ["session", isSession || webTokens.length > 0],
    ...aboutTokens(webTokens, isSensitive),
  ];
  return found.filter(([, is]) => is).map(([what]) => what);
}

/** In a cookie a session is what one expects; how it is kept is asked elsewhere. */
export function secretsInCookie(value: string, isSensitive: ClaimJudge): readonly LeakKind[] {
  const tokens = tokensIn(value);
  const webTokens = tokens.flatMap((token) => webToken(token) ?? []);
  const found: readonly (readonly [LeakKind, boolean])[] = [["secret", holdsSecret(value, tokens)], ...aboutTokens(webTokens, isSensitive)];
  return found.filter(([, is]) => is).map(([what]) => what);
}

function aboutTokens(tokens: readonly CompactToken[], isSensitive: ClaimJudge): readonly (readonly [LeakKind, boolean])[] {
  return [
    ["unsigned-token", tokens.some((token) => token.format === "jws" && algorithmName(token.alg) === "none")],
    ["person", tokens.some((token) => token.claims !== undefined && isSensitive(token.claims))],
  ];
}

function holdsSecret(value: string, tokens: readonly string[]): boolean {
  return PRIVATE_KEY.test(value) || holdsPassword(value) || holdsWebhook(value) || tokens.some(isKnownSecret);
}

/** By a prefix of its provider; short prefixes, names of keys, and keys of sandboxes or of pages prove nothing. */
function isKnownSecret(token: string): boolean {
  if (token.length < LEAST_SECRET || !isReal(token)) return false;
  const known = credentialPrefixOf(token);
  if (known !== undefined) {
    return known.prefix.length >= LEAST_PREFIX && SECRET_CLASSES.has(known.class) && !LIKE_HASHES.has(known.provider);
  }
  return WEBHOOK_SECRET.test(token) || opensSomething(vendorKeyOf(token), token);
}

function opensSomething(key: VendorKey | undefined, token: string): boolean {
  return key !== undefined && key.identifier !== true && key.test?.test(token) !== true && !LIKE_HASHES.has(key.vendor);
}

/** Whoever knows the URL may post. */
function holdsWebhook(value: string): boolean {
  return WEBHOOKS.some((webhook) => {
    const [url] = webhook.exec(value) ?? [];
    return url !== undefined && isReal(url);
  });
}

function holdsPassword(value: string): boolean {
  const [, inUrl] = CONNECTION_URL.exec(value) ?? [];
  if (inUrl !== undefined) return isReal(inUrl);
  const [, inText] = CONNECTION_PASSWORD.exec(value) ?? [];
  return inText !== undefined && CONNECTION_PLACE.test(value) && isReal(inText);
}

function webToken(text: string): CompactToken | undefined {
  const isToken = text.startsWith("ey") && text.includes(".") && !isPlaceholder(text) && !DETACHED.test(text);
  return isToken ? compactToken(text) : undefined;
}

function isReal(text: string): boolean {
  return !isMasked(text) && !isPlaceholder(text);
}

/** Words, and what comes after a sign of equality or a colon in them. */
function tokensIn(value: string): readonly string[] {
  const words = value.split(/[\s,;"'<>()[\]{}|&?#]+/, MAX_TOKENS).filter((word) => word !== "");
  return words.flatMap((word) => {
    const [, after = ""] = /^[\w.-]{1,64}[=:](.+)$/.exec(word) ?? [];
    return after === "" ? [word] : [word, after];
  });
}

/** RFC 7515 appendix F: it signs the content, and lets nobody in. */
const DETACHED = /^[\w-]+\.\.[\w-]*$/;
const MAX_TOKENS = 500;
const LEAST_SECRET = 16;
const LEAST_SESSION = 16;
const LEAST_PREFIX = 3;
const SECRET_CLASSES: ReadonlySet<string> = new Set(["secret", "personal", "legacy"]);
/** Vendors whose keys are a digest or a blob with a few letters around: a key of a cache looks the same. */
const LIKE_HASHES: ReadonlySet<string> = new Set(["mailgun", "mailchimp", "square"]);
/** Standard Webhooks: the prefix, and at least 24 octets in base64. */
const WEBHOOK_SECRET = /^whsec_[A-Za-z\d+/_-]{32,128}={0,2}$/;
/** Slack, Discord and Teams. */
const WEBHOOKS: readonly RegExp[] = [
  /\bhooks\.slack(?:-gov)?\.com\/(?:services\/T[A-Z\d]{6,14}\/B[A-Z\d]{6,14}|workflows\/T[A-Z\d]{6,14}\/A[A-Z\d]{6,14}\/\d{10,20}|triggers\/[TE][A-Z\d]{6,14}\/\d{10,20})\/[A-Za-z\d]{16,64}(?![A-Za-z\d])/,
  /\bdiscord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{17,20}\/[\w-]{60,80}(?![\w-])/,
  /\b[\w-]{1,63}\.webhook\.office\.com\/webhookb2\/[\da-f-]{36}@[\da-f-]{36}\/IncomingWebhook\/[\da-f]{32}\/[\da-f-]{36}/i,
];
const SESSION_FIELDS =
  /^(?:authorization|proxy-authorization|(?:x-)?(?:[a-z]{1,20}-)?(?:api-?key|auth-?token|access-?token|refresh-?token|id-?token|session|session-?id|session-?token|session-?key|subject-?token|authentication-?token|authorization|jwt|jwt-?token|logontoken|context-token|bearer-?token|user-?token|secret))$/;
/** Of a scheme (RFC 9110 section 11.4). */
const CREDENTIAL = /^(?:Bearer|Basic|Token|ApiKey|Digest)\s+[\w+/=.~-]{8,}/i;
const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z\d]{1,12} ){0,3}PRIVATE KEY-----|LS0tLS1CRUdJTi[\w+/]{0,20}(?:UFJJVkFURSBLRVk|BSSVZBVEUgS0VZ|QUklWQVRFIEtFW)/;
const CONNECTION_URL = /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s:/@"'?#]{0,100}:([^\s:/@"'?#]{3,200})@/i;
const CONNECTION_PASSWORD = /\b(?:password|pwd|accountkey|sharedaccesskey)\s?=\s?([^;\s"']{4,200})/i;
const CONNECTION_PLACE = /\b(?:server|data source|host|endpoint|accountname|uid|user id|user)\s?=/i;
