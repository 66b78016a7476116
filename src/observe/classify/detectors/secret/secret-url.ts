import { isMasked, isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";
import { secretLook } from "./secret-value.ts";

/** A link that lets in whoever has it: signed for a while, with a password or a token in it, or to a webhook that takes what anybody posts. */
export const secretUrl: Detector = {
  class: "secret_url",
  over: ["api_key", "photo_url", "access_token", "password", "email", "webhook_secret", "client_secret"],
  inText: false,
  isNamed: ({ name }) => /\b(?:pre ?signed|signed|magic|reset|invite|invitation) (?:url|link|uri)$/.test(name),
  detect: ({ text, type }) => {
    if (type === "number") return undefined;
    const links = text.slice(0, MAX_LOOKED_AT).match(LINKS) ?? [];
    return links.slice(0, MAX_LINKS).reduce<Hit | undefined>((found, link) => found ?? linkHit(link), undefined);
  },
};

function linkHit(link: string): Hit | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  const sample = isPlaceholder(link);
  if (url.password.length > 0 && !isMasked(decodeText(url.password))) return { confidence: 0.95, sample, cues: ["shape"] };
  if (HOOKS.some((hook) => hook.test(url.host + url.pathname))) return { confidence: 0.95, sample, cues: ["shape"] };
  const parameters = new Map([...url.searchParams, ...fragmentParameters(url)].map(([name, value]) => [name.toLowerCase(), value]));
  if (isSigned(parameters)) return { confidence: 0.95, sample, cues: ["shape"] };
  if ([...parameters].some(([name, value]) => (KEYS.test(name) && !PUBLIC_TOKEN.test(value) && isKey(value)) || WEB_TOKEN.test(value)))
    return { confidence: 0.88, sample, cues: ["opaque"] };
  const path = url.pathname.toLowerCase();
  const token = parameters.get("token") ?? "";
  if (token.length >= 20 && ["opaque", "uuid"].includes(secretLook(token, 20) ?? "") && !PUBLIC_TOKEN.test(token) && !MAILINGS.test(path))
    return { confidence: 0.8, sample, cues: ["opaque"] };
  if (PRIVATE_PART.test(path)) return { confidence: 0.85, sample, cues: ["opaque"] };
  if (OPENS.test(path) && [...parameters].some(([name, value]) => OPENERS.test(name) && isKey(value)))
    return { confidence: 0.88, sample, cues: ["opaque"] };
  const last = url.pathname.split("/").findLast((part) => part !== "") ?? "";
  return OPENS.test(path) && last.length >= 20 && secretLook(last, 20) === "opaque"
    ? { confidence: 0.8, sample, cues: ["opaque"] }
    : undefined;
}

function isSigned(parameters: ReadonlyMap<string, string>): boolean {
  return SIGNATURES.some(
    ({ signature, beside }) => (parameters.get(signature) ?? "").length >= 8 && beside.some((name) => parameters.has(name)),
  );
}

function isKey(value: string): boolean {
  const look = secretLook(value, 16);
  return value.length >= 12 && (look === "opaque" || look === "uuid" || (look === "placeholder" && value.length >= 16));
}

/** The implicit grant answers in the fragment (RFC 6749 section 4.2.2). */
function fragmentParameters({ hash }: URL): Iterable<[string, string]> {
  return hash.includes("=") ? new URLSearchParams(hash.slice(1)) : [];
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const MAX_LOOKED_AT = 32 * 1024;
const MAX_LINKS = 20;
const LINKS = /\b(?:https?|wss?|ftps?):\/\/[^\s"'<>\\]{4,4096}/gi;
/** Of stores and content networks: a signature, and what says until when or for whom. */
const SIGNATURES: readonly { readonly signature: string; readonly beside: readonly string[] }[] = [
  { signature: "x-amz-signature", beside: ["x-amz-credential", "x-amz-expires", "x-amz-date", "x-amz-algorithm"] },
  { signature: "x-goog-signature", beside: ["x-goog-credential", "x-goog-expires", "x-goog-date", "x-goog-algorithm"] },
  { signature: "x-oss-signature", beside: ["x-oss-credential", "x-oss-expires", "x-oss-date"] },
  {
    signature: "signature",
    beside: ["expires", "policy", "key-pair-id", "awsaccesskeyid", "googleaccessid", "ossaccesskeyid", "expires_at", "exp", "expiry"],
  },
  { signature: "sig", beside: ["se", "sv", "sp", "exp", "expires", "expiry", "st"] },
  { signature: "hmac", beside: ["expires", "exp", "timestamp", "verify"] },
  { signature: "hdnts", beside: ["hdnts"] },
  { signature: "__token__", beside: ["__token__"] },
];
/** Meant to stand in pages. */
const PUBLIC_TOKEN = /^(?:pk|pub)[._-]/;
/** A link in a mail knows its reader, and opens little. */
const MAILINGS = /(?:unsubscribe|opt-?out|track|pixel|click|open|preferences|beacon)/;
/** `private-0a1b...` in the place of a folder. */
const PRIVATE_PART = /\/(?:private|secret)-[0-9a-f]{20,64}(?:\/|$)/;
const WEB_TOKEN = /^ey[\w-]{10,}\.[\w-]{4,}\.[\w-]*$/;
/** Parameters that are keys wherever they stand. */
const KEYS =
  /^(?:access_?token|auth_?token|authtoken|id_token|api_?key|apikey|api_?token|client_?secret|app_?secret|secret|session_?token|session|sessionid|password|passwd|pwd|sas|sastoken|subscription-key|private_?token|x-api-key|refresh_?token|jwt|bearer|download_?token|signed_?token|login_?token|reset_?token|invite_?token|invitation_?token|confirmation_?token|magic_?token)$/;
/** Parameters that are keys on pages that let somebody in. */
const OPENERS = /^(?:token|t|code|key|k|hash|ticket|otp|secret|auth|sig|signature|h)$/;
const OPENS =
  /(?:^|[/_-])(?:reset|forgot|recover|recovery|magic|magiclink|verify|verification|confirm|confirmation|activate|activation|invite|invites|invitation|invitations|login|signin|passwordless|setpassword|resetpassword|unlock|accept|onboarding|share|shared|impersonate)(?:$|[/_-])/;
/** Addresses of webhooks that ask for nothing more: host and path. */
const HOOKS: readonly RegExp[] = [
  /^hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[\w-]+\/[\w-]+\/[\w-]+/,
  /^(?:\w+\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]{20,}/,
  /^[\w-]+\.webhook\.office\.com\/webhookb2\//,
  /^outlook\.office(?:365)?\.com\/webhook\//,
  /^hooks\.zapier\.com\/hooks\/(?:catch|standard)\/\d+\/\w+/,
  /^maker\.ifttt\.com\/trigger\/[^/]+\/(?:json\/)?with\/key\/[\w-]{10,}/,
  /^hook\.(?:[a-z]{2}\d\.)?make\.com\/\w{20,}/,
  /^api\.telegram\.org\/bot\d+:[\w-]{20,}/,
];
