import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isPlaceholder } from "../../values.ts";
import type { Detector, Hit, Veto } from "../detector.ts";
import { lookHit, madeUpHit, secretLook } from "./secret-value.ts";

/**
 * What a caller shows to be let in: by its name, by the scheme in front of it (RFC 6750 section 2.1), or a bare `token` in a record that
 * speaks of its life or of a login. Tokens of pages, forms, cards and devices open nothing.
 */
export const accessToken: Detector = {
  class: "access_token",
  over: ["api_key", "password", "session_token"],
  inText: false,
  isNamed,
  detect: (value, surroundings) => {
    if (value.type === "number") return undefined;
    return (
      shownHit(value.text) ?? namedHit(value.text, surroundings) ?? bareHit(value.text, surroundings) ?? otherHit(value.text, surroundings)
    );
  },
};

function shownHit(text: string): Hit | undefined {
  const [, token = ""] = BEARER.exec(text.slice(0, MAX_LOOKED_AT)) ?? [];
  if (token === "" || token.startsWith("ey") || secretLook(token, 16) === undefined) {
    return KNOWN.test(text) ? { confidence: 0.95, sample: isPlaceholder(text), cues: ["prefix"] } : undefined;
  }
  return { confidence: 0.9, sample: isPlaceholder(token), cues: ["prefix", "opaque"] };
}

function namedHit(text: string, surroundings: Surroundings): Hit | undefined {
  if (!isNamed(surroundings)) return undefined;
  const token = text.replace(/^(?:Bearer|Token)\s+/i, "");
  return surroundings.name === "authorization" && !token.startsWith("ey") && token.length < 20
    ? undefined
    : ACCESS.test(surroundings.name)
      ? madeUpHit(token, 8, 0.95)
      : lookHit(token, 8, 0.95);
}

function bareHit(text: string, { name, above, beside }: Surroundings): Hit | Veto | undefined {
  const look = BARE.test(name) && !text.startsWith("ey") ? secretLook(text, 12) : undefined;
  if (look === undefined) return undefined;
  const [parent = ""] = above;
  const around = [...beside];
  if (ONE_PAYMENT.test(text) || OTHER_PLACES.test(parent) || around.some((other) => OTHER_RECORDS.test(other)))
    return { veto: "opens-nothing" };
  const isAnswer = beside.size <= MAX_ANSWER && (beside.has("user") || beside.has("user id"));
  if (name === "client token" && !around.some((other) => LEASE.test(other))) return undefined;
  const speaksOfIt = name === "client token" || AUTH_PLACES.test(parent) || isAnswer || around.some((other) => LIFE.test(other));
  if (look === "opaque" && text.length >= 20) {
    if (speaksOfIt) return { confidence: 0.85, sample: isPlaceholder(text), cues: ["opaque", "beside"] };
    return beside.size <= 4 && above.length <= 2 && text.length >= 24
      ? { confidence: 0.65, sample: isPlaceholder(text), cues: ["opaque"] }
      : undefined;
  }
  return speaksOfIt && text.length >= 16 ? { confidence: 0.65, sample: isPlaceholder(text), cues: ["beside"] } : undefined;
}

/** `feed_token`, `trigger_token`: of no kind that is known to open nothing. */
function otherHit(text: string, { name }: Surroundings): Hit | undefined {
  if (!OF_SOMETHING.test(name) || OTHERS.test(name) || ONE_PAYMENT.test(text) || text.startsWith("ey") || text.length < 20)
    return undefined;
  return secretLook(text, 20) === "opaque" ? { confidence: 0.7, sample: isPlaceholder(text), cues: ["opaque"] } : undefined;
}

function isNamed({ name }: Surroundings): boolean {
  return NAMES.test(name) && !isAboutAnother(name) && !OTHERS.test(name.replace(/^page (?=access token$)/, ""));
}

const MAX_ANSWER = 8;
const MAX_LOOKED_AT = 16 * 1024;
const BEARER = /\bbearer\s{1,4}([\w.~+/=-]{16,2048})(?![\w.~+/=-])/i;
/** Prefixes of tokens that logins of large platforms give out. */
const KNOWN = /^(?:ya29\.[\w-]{20,500}|EAA[A-Za-z0-9]{60,400})$/;
const NAMES =
  /^(?:bearer|authorization|proxy authorization|pat)$|^(?:[a-z0-9]+ ){0,3}(?:access|auth|authentication|authorization|oauth|oauth 2|bearer|impersonation|deploy|bot|admin|scim|agent|join|runner|installation|management|sso|login|service account|service|app|application|user|customer access|x auth) tokens?(?: (?:value|secret))?$|\b(?:access ?token|accesstoken|authtoken|oauthtoken|bearertoken|zugriffstoken|token (?:de )?acceso|token (?:de )?acesso|jeton d acce)\b(?: (?:value|secret))?$/;
/** Of whom, or of what it opens. */
const OF_SOMETHING =
  /^(?:[a-z0-9]+ ){0,2}(?:private|feed|job|ci|build|trigger|project|group|team|organi[sz]ation|upload|invite|invitation|reset|password|confirmation|activation|impersonate|guest|kiosk|master|root|subscription|tenant|company|location|merchant|seller|partner|provider|employee|server|worker|cluster|bootstrap|provisioning|enrollment|socket|stream|streaming|meeting|room|chat|rtc|rtm|embed|dashboard|developer|sandbox|live|production|exchange|internal|external|git|repository|docker|hub|vault|incoming email|static object|delegated|zak) token$/;
/** Tokens that open nothing by themselves, or are of a class of their own. */
const OTHERS =
  /\b(?:next|previous|prev|page|continuation|continue|cursor|sync|delta|change|resume|watch|skip|scroll|search|sort|start|pagination|csrf|xsrf|nonce|idempotency|request|creation|client|caller|transaction|state|refresh|session|security|remember|web ?hook|signing|otp|one time|api|device|push|fcm|apns|gcm|notification|messaging|registration|card|payment|pay|source|bank|wallet|apple pay|google pay|network|checkout|cart|order|invoice|customer|processor|link|public|publishable|secret|crypto|native|base|quote|governance|erc|lp|reward|utility|design|colou?r|theme|prompt|completion|input|output|reasoning|cached|audio|stop|special|bos|eos|pad|max|min|count|usage|limit|lock|lease|fencing|etag|version|tracking|pixel|correlation|trace|telemetry|ownership|verification|verify|challenge|dkim|dns|domain|preview|file|media|image|attachment|map|mapbox|analytic|site|id)\b/;
/** Elsewhere a client makes it up, so that nothing is done twice. */
const LEASE = /^(?:lease duration|accessor)$/;
const ACCESS = /^(?:access ?token|accesstoken|auth token|bearer token)$/;
const BARE = /^(?:token|client token|x token|jeton|token value|secret token value|plain text token|plain token)$/;
const AUTH_PLACES = /\b(?:auth|authentication|oauth|oauth 2|credential|login|bearer|access|bot|signin|sign in|sso)\b/;
const LIFE =
  /^(?:expire|expires? in|expires? at|expires?|expiry|expiration|expires? on|expiration date|expiry date|valid until|token type|scope|refresh token|ability|permission|last used|last used at|issued at|accessor|revoked|revoked at)$/;
const OTHER_PLACES =
  /\b(?:cart|checkout|order|basket|discount|gift|card|payment|page|paging|pagination|cursor|design|color|colour|theme|device|push|source|usage|price|crypto|erc 20)\b/;
const OTHER_RECORDS =
  /^(?:last 4|last four|brand|exp month|exp year|card type|bin|payment method|symbol|decimal|contract address|platform|device type|device token|next|has more|offset|logprob|prompt)$/;
const ONE_PAYMENT = /^(?:tok|card|src|pm|btok|cus|nonce|fake)[_-]/i;
