/** What an answer lets scripts of other origins do (Fetch, CORS protocol). Of values only words of lists of our own are kept. */
export interface CorsFacts {
  /**
   * `echoed`: the made-up origin that we named. `several`: more than one value, which no browser takes. `own`: an origin that we did not name.
   */
  readonly allowOrigin: "none" | "any" | "echoed" | "null" | "own" | "several";
  /** Exactly `true`: nothing else counts. */
  readonly credentials: boolean;
  /** Caches keep answers to different origins apart. */
  readonly varies: boolean;
  /** Methods of UNSAFE_METHODS that are allowed, by Allow or for scripts. Sorted. */
  readonly unsafeMethods: readonly string[];
}

/** They show a client's own headers, open tunnels, debug, or list files. */
export const UNSAFE_METHODS = ["TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND"] as const;

/** What the content of an answer that tells of an error gives away. */
export interface ErrorPageFacts {
  /** `problem`: RFC 9457. `page`: HTML for people. */
  readonly format: "problem" | "json" | "xml" | "page" | "text" | "empty";
  /** Language of the frames, two of them at least, or `member` where a member of that name holds a path. */
  readonly stack?: StackKind;
  readonly debugPage?: DebugPage;
  /** What the page signs with, in the grammar of a Server field: "nginx/1.18.0 (Ubuntu)". Names from a list of our own. */
  readonly signatures: readonly string[];
}

export const STACK_KINDS = ["java", "python", "javascript", "php", "dotnet", "ruby", "go", "member"] as const;
export type StackKind = (typeof STACK_KINDS)[number];

export const DEBUG_PAGES = ["django", "werkzeug", "laravel", "aspnet", "rails", "spring", "symfony"] as const;
export type DebugPage = (typeof DEBUG_PAGES)[number];

/** A security.txt (RFC 9116): what is in order, and what is not. Addresses of people are not kept. */
export interface SecurityTxtFacts {
  readonly contacts: number;
  /** ISO day; absent where there is none, more than one, or one that is no date. */
  readonly expires?: string;
  readonly flaws: readonly SecurityTxtFlaw[];
}

export const SECURITY_TXT_FLAWS = ["no-contact", "no-expires", "several-expires", "unreadable-expires", "not-plain-text"] as const;
export type SecurityTxtFlaw = (typeof SECURITY_TXT_FLAWS)[number];
