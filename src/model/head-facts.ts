/**
 * What the head of an answer says beside the values that may be kept (data/header-fields.json): names of fields and words of lists of our own.
 * One member for each question; a value of the answer is in none of them, and nothing that differs from call to call.
 */
export interface HeadFacts {
  readonly wire: WireFacts;
  readonly leaks: readonly HeaderLeak[];
  readonly limits?: LimitFacts;
  readonly cache: CacheFacts;
  readonly notices: readonly LifecycleNotice[];
  /** The answer's `Date` is this far from our clock, in seconds, where that is more than CLOCK_TOLERANCE_S. Positive: theirs is ahead. */
  readonly clockOffBy?: number;
  /** There was no date to compare with. */
  readonly undated?: true;
  /** A redirect to the very URL that was asked. */
  readonly redirectsToItself?: true;
  /** Of a digest of the content that came with it (RFC 9530), where the content is whole and not encoded. `weak`: by an algorithm that proves nothing. */
  readonly digest?: "matches" | "differs" | "weak" | "unchecked";
}

/** How the head arrived, before anything was joined. */
export interface WireFacts {
  /** Fields that may come once (RFC 9110 section 5.3) and came with different values. Names in lower case, sorted. */
  readonly conflicting: readonly string[];
  readonly odd: readonly WireOddity[];
  /** Order of magnitude of the content: as sent, and decoded. Absent where no content was read. */
  readonly content?: { readonly sent: SizeStep; readonly decoded: SizeStep; readonly coding?: string };
}

/**
 * `many-fields`: more than 200. `long-field`: a value above 4,096 octets. `control-in-value`, `control-in-reason`: characters that no text has.
 * `not-utf8`: octets above ASCII that are no UTF-8. `name-not-token`: a field's name is none (RFC 9110 section 5.1). `stacked-codings`: content
 * is encoded more than once. `long-reason`: a reason phrase above 128 octets. `length-and-coding`: Content-Length beside Transfer-Encoding (RFC 9112
 * section 6.2). `invalid-status`: a number outside of 100 to 599 (RFC 9110 section 15). Clients as ours refuse the last two: they are seen in what others recorded.
 */
export const WIRE_ODDITIES = [
  "many-fields",
  "long-field",
  "control-in-value",
  "control-in-reason",
  "not-utf8",
  "name-not-token",
  "stacked-codings",
  "long-reason",
  "length-and-coding",
  "invalid-status",
] as const;
export type WireOddity = (typeof WIRE_ODDITIES)[number];

/** Upper end in octets. */
export const SIZE_STEPS = ["0", "1KB", "16KB", "256KB", "1MB", "16MB", "more"] as const;
export type SizeStep = (typeof SIZE_STEPS)[number];

/** What a field's value gives away. The value itself is not kept. */
export interface HeaderLeak {
  /** In lower case. */
  readonly field: string;
  readonly what: LeakKind;
}

/**
 * `instance-name`: of a machine, a pod or a container. `environment`: a word for one that is not production. `session`: a token or a session that opens
 * something; `unsigned-token`: a JWT whose algorithm is "none". `timing`: how long a database took. `debug-link`: a page of a profiler on the API's own host.
 * `own-address`: the address that we call from, or where it is. `pool-address`: in a cookie of a balancer. `request-field`: a field of requests.
 */
export const LEAK_KINDS = [
  "private-address",
  "internal-host",
  "instance-name",
  "account-id",
  "environment",
  "file-path",
  "sql",
  "secret",
  "session",
  "unsigned-token",
  "debug-mode",
  "debug-link",
  "timing",
  "stack",
  "own-address",
  "person",
  "tenant",
  "pool-address",
  "request-field",
] as const;
export type LeakKind = (typeof LEAK_KINDS)[number];

/** Published limits, in one shape for all dialects (facts of `facts/http.md` section 5). */
export interface LimitFacts {
  readonly dialects: readonly string[];
  readonly policies: readonly LimitPolicy[];
  /** Less than a tenth of a quota was left when we asked. */
  readonly nearlyUsedUp?: true;
  readonly odd: readonly LimitOddity[];
}

export interface LimitPolicy {
  readonly name?: string;
  readonly quota: number;
  readonly unit?: string;
  readonly windowSeconds?: number;
}

export const LIMIT_ODDITIES = [
  "malformed",
  "remaining-above-limit",
  "reset-in-the-past",
  "reset-far-ahead",
  "dialects-disagree",
  "retry-after-malformed",
  "retry-after-absurd",
  "no-retry-after",
] as const;
export type LimitOddity = (typeof LIMIT_ODDITIES)[number];

/** What decides whether a cache may keep the answer and give it to somebody else (RFC 9111 sections 3 and 4.2.2), beside Cache-Control itself. */
export interface CacheFacts {
  /** A date of last change is there, from which caches make up how long they keep it. */
  readonly lastModified: boolean;
  readonly expires: "none" | "past" | "ahead";
}

/**
 * What an answer says of the life of the API, in a field that is not Deprecation or Sunset. `version-warning`: of the version that was asked for.
 * `warned`: something lasting, in words that tell of no end.
 */
export interface LifecycleNotice {
  /** In lower case. */
  readonly field: string;
  readonly what: "deprecated" | "version-warning" | "warned";
}

/** Beyond this, signed requests and the lifetimes of tokens go wrong. */
export const CLOCK_TOLERANCE_S = 300;
