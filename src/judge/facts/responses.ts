import type { BodyFacts, HeaderFact, HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { UnobservedReason } from "../../model/reason.ts";

/** Why this answer says nothing of the API's own headers: a limiter, a firewall or a broken server spoke in its place. */
export function foreignReason({ interference }: HttpResponseEvidence): UnobservedReason | undefined {
  return interference !== undefined && FOREIGN.includes(interference) ? interference : undefined;
}

/** A limiter, a firewall or a page for people answered. A server that failed is the provider's, and what its answer names counts: debuggers speak of errors. */
export function isSomebodyElse({ interference }: HttpResponseEvidence): boolean {
  return interference === "rate_limited" || interference === "blocked" || interference === "not_the_api";
}

/** Why this is not the answer that our clients get: somebody else spoke, our credential stayed here, or it was turned down. */
export function answerReason(evidence: HttpResponseEvidence): UnobservedReason | undefined {
  const { credential, interference } = evidence;
  const withheld = credential.state === "withheld" ? (credential.reason ?? "credential_withheld") : undefined;
  return foreignReason(evidence) ?? withheld ?? interference;
}

/** Why the body of this answer was not seen, or not whole. */
export function bodyReason(evidence: HttpResponseEvidence): UnobservedReason | undefined {
  return answerReason(evidence) ?? unreadReason(evidence.body);
}

/** A body that holds no record shows neither that a field is sent nor that it is not. */
export function holdsNoRecord({ state, records }: BodyFacts): boolean {
  return state === "empty" || records === 0;
}

/**
 * A body that shows nothing of what its endpoint sends: empty, a bare `{}`, or an empty page with no more than what pages are made of.
 * An empty list beside anything else (`{"rate": 1.1, "warnings": []}`) is part of a record.
 */
export function showsNothing({ state, records, shape, classes }: BodyFacts): boolean {
  if (state === "empty") return true;
  if ((records ?? 0) > 0 || classes.length > 0) return false;
  return shape.filter(({ types }) => types.some(isScalar)).every(({ path }) => records === 0 && PAGE_WORDS.has(lastWord(path)));
}

/** The kept value of a field, "" where only its presence is known, undefined where it did not come. */
export function fieldValue(headers: readonly HeaderFact[], name: string): string | undefined {
  const field = headers.find((header) => header.name === name);
  return field === undefined ? undefined : (field.value ?? "");
}

export function unreadReason({ state, failure }: BodyFacts): UnobservedReason | undefined {
  if (state === "classified" || state === "empty") return undefined;
  return failure?.reason ?? UNREAD[state];
}

function isScalar(type: string): boolean {
  return type !== "object" && type !== "array" && type !== "null";
}

/** `$.meta.next_page` gives "nextpage". */
function lastWord(path: string): string {
  const [word = ""] = /[\w-]+$/.exec(path) ?? [];
  return word.toLowerCase().replaceAll(/[^a-z]/g, "");
}

const FOREIGN: readonly UnobservedReason[] = ["rate_limited", "blocked", "server_error", "not_the_api"];
const UNREAD: Readonly<Record<Exclude<BodyFacts["state"], "classified" | "empty">, UnobservedReason>> = {
  unsupported: "body_unsupported_type",
  undecodable: "body_undecodable",
  truncated: "body_truncated",
  "too-deep": "body_too_deep",
  "not-read": "evidence_missing",
};
/** Names of the members around a list: what kind it is, where its other pages are, how much there is, how it went. */
const PAGE_WORDS: ReadonlySet<string> = new Set([
  ...["object", "type", "kind", "url", "uri", "href", "self", "etag", "requestid", "timestamp", "version"],
  ...["first", "last", "next", "prev", "previous", "more", "hasmore", "hasnext", "hasprevious", "cursor", "nextcursor", "nextlink"],
  ...["page", "pages", "nextpage", "nextpagetoken", "currentpage", "perpage", "pagesize", "pagenumber", "size", "limit", "offset", "start"],
  ...["total", "totals", "totalcount", "totalpages", "totalitems", "totalresults", "totalelements", "count", "length", "number", "empty"],
  ...["ok", "success", "status", "code", "message"],
]);
