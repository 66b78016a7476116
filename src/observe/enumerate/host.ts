import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Book } from "./book.ts";
import { Pace } from "./pace.ts";
import type { Doubt } from "./pool.ts";
import type { EnumerationRequest } from "./request.ts";
import type { OfferVersion, Quirk } from "./result.ts";
import { Tolerance } from "./tolerance.ts";

/** What the versions of one server have to tell one another. */
export class Host {
  readonly request: EnumerationRequest;
  readonly doubt: Doubt = { closesAreNoise: false };
  readonly quirks = new Set<Quirk>();
  readonly books = new Map<OfferVersion, Book>();
  /** Chose a suite beyond the 64th: reads whole lists. */
  readsLongLists: boolean;
  readonly tolerance: Tolerance;
  readonly pace: Pace;
  /** Not only long hellos go unanswered. */
  shortHellosLost = false;
  lastGoodOffer: TlsOffer | undefined;
  /** Of the suites that do not go together, those that it answered in one version are the likeliest in others. */
  favouriteSet = 0;
  #needsNamed = false;

  constructor(request: EnumerationRequest) {
    this.request = request;
    this.readsLongLists = request.remembered?.readsLongLists ?? false;
    this.tolerance = new Tolerance(this);
    this.pace = new Pace(request.lanes, request.remembered?.pace);
  }

  /** Finite-field exchanges below TLS 1.3 are refused to those who name no group of RFC 7919. */
  needNamedGroups(): void {
    this.#needsNamed = true;
    for (const { candidates, suites, version } of this.books.values()) {
      if (version !== "TLS 1.3") suites.reopen("refused", candidates.suites.ephemeral);
    }
  }

  /**
   * Those that it may take, though they were refused, if it is asked with a group of RFC 7919. Not where it stands no group that it does not know:
   * there they are as refused as any client finds them.
   */
  finiteUnsure({ version, spoken, finiteAsked, suites, candidates }: Book): readonly number[] {
    const { finite = [] } = candidates.suites;
    const isMoot = version === "TLS 1.3" || version === "SSL 3.0" || !spoken || this.namesGroups || this.tolerance.oneByOne;
    return isMoot || finite.some((code) => suites.wasChosen(code)) ? [] : finite.filter((code) => !finiteAsked.has(code));
  }

  /** At depth quick there is one way to ask. */
  get namesGroups(): boolean {
    return this.#needsNamed || this.request.depth === "quick";
  }

  get needsNamedGroups(): boolean {
    return this.#needsNamed;
  }
}
