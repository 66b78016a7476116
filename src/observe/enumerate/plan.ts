import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Book } from "./book.ts";
import type { Outcome } from "./outcome.ts";
import type { OfferVersion } from "./result.ts";

/** One hello, and what its answer is to decide. */
export interface Question {
  readonly offer: TlsOffer;
  /** Of two questions with the same lock, the second waits for the answer to the first. */
  readonly lock?: string;
  /** What else was offered constrains the choice of suite, so that it tells no preference. */
  readonly constrained?: boolean;
  /** Nothing waits for the answer: it is asked where a lane would be idle. */
  readonly filling?: boolean;
  /** How often it was asked in vain; what was not asked yet goes first. */
  readonly tries?: number;
  /** The code points that are asked for, and are in flight until the answer comes. */
  readonly claim?: () => void;
  readonly settle: (outcome: Outcome) => void;
}

/** What is still to be asked of one version. */
export interface Plan {
  readonly version: OfferVersion;
  readonly book: Book;
  /** Most urgent first; none while it waits for answers or for other versions. */
  wanted(): Iterable<Question>;
}

/** The lock of the questions that are asked one at a time, until a version is known to be spoken. */
export function openingLock(version: OfferVersion): string {
  return `${version}${OPENING}`;
}

export function isOpening(lock: string | undefined): boolean {
  return lock?.endsWith(OPENING) === true;
}

const OPENING = "/opening";
