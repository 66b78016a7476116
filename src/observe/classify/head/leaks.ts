import type { HeaderLeak, LeakKind } from "../../../model/head-facts.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";
import { backendLeaks } from "./leaks/backend.ts";
import { cookieLeaks } from "./leaks/cookies.ts";
import { debugLeaks } from "./leaks/debug.ts";
import { disclosedText } from "./leaks/disclosed-text.ts";
import { peopleLeaks } from "./leaks/people.ts";
import { internalPlaces, ownAddress } from "./leaks/places.ts";
import { requestFieldLeaks } from "./leaks/request-fields.ts";
import { type ClaimJudge, secretLeaks } from "./leaks/secrets.ts";

/** What is known beside the fields. */
export interface LeakContext {
  /** Of the answer, where it is known. */
  readonly origin?: string;
  /** Given from outside: with it come the detectors of bodies, which an answer without a token does not need. */
  readonly isSensitive: ClaimJudge;
}

/** What is to be found in one value; `field` in lower case. */
type LeakDetector = (field: string, value: string, context: LeakContext) => readonly LeakKind[];

/**
 * What header fields give away, judged by their values: each field and kind once, sorted, so that the same answer gives the same facts. Identifiers of requests and
 * of content are not looked at: they are random, and random text looks like anything once.
 */
export function headerLeaks(headers: HttpAnswer["headers"], context: LeakContext): readonly HeaderLeak[] {
  const found = headers.slice(0, MAX_FIELDS).flatMap(([field, value]) => {
    const read = readable(value);
    return read === "" || RANDOM_FIELDS.test(field)
      ? []
      : detectorsOf(field)
          .flatMap((detect) => detect(field, read, context))
          .map((what) => ({ field, what }));
  });
  const distinct = new Map(found.map((leak) => [`${leak.field} ${leak.what}`, leak]));
  const sorted = [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, leak]) => leak);
  if (sorted.length <= MAX_LEAKS) return sorted;
  // Of a flood, what opens something is kept first.
  return [...sorted.filter(({ what }) => OPENING.has(what)), ...sorted.filter(({ what }) => !OPENING.has(what))].slice(0, MAX_LEAKS);
}

function detectorsOf(field: string): readonly LeakDetector[] {
  return OWN_DETECTORS.get(field) ?? DETECTORS;
}

/** At most 16 KB of it, and percent-encoding undone once. */
function readable(value: string): string {
  const text = value.slice(0, MAX_VALUE).trim();
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const DETECTORS: readonly LeakDetector[] = [
  ownAddress,
  internalPlaces,
  backendLeaks,
  disclosedText,
  secretLeaks,
  (field, value, { origin }) => debugLeaks(field, value, origin),
  peopleLeaks,
  requestFieldLeaks,
];

/** Whom an answer is shared with is an origin, and nothing else. */
const OWN_DETECTORS: ReadonlyMap<string, readonly LeakDetector[]> = new Map([
  ["set-cookie", [cookieLeaks]],
  ["access-control-allow-origin", [internalPlaces]],
]);

const OPENING: ReadonlySet<LeakKind> = new Set(["secret", "session", "unsigned-token"]);
const MAX_LEAKS = 200;
const MAX_FIELDS = 6000;
const MAX_VALUE = 16 * 1024;
const RANDOM_FIELDS =
  /^(?:date|age|expires|last-modified|etag|content-(?:length|md5|digest|type|encoding|range)|(?:repr-)?digest|signature(?:-input)?|traceparent|x-b3-.*|uber-trace-id|cf-ray|x-amz-cf-id|x-amz-id-2|x-azure-ref|x-msedge-ref|x-fb-debug|x-vercel-id|x-cloud-trace-context|x-timer|x-varnish|idempotency-key|access-control-(?!allow-origin$).*|sec-websocket-.*|strict-transport-security|permissions-policy|feature-policy)$|(?:^|[-_.])(?:request|correlation|trace|transaction|operation|activity|span|event|session-affinity|ray)[-_]?(?:id|guid|uuid)$/;
