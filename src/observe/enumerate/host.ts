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

  constructor(request: EnumerationRequest) {
    this.request = request;
    this.readsLongLists = request.remembered?.readsLongLists ?? false;
    this.tolerance = new Tolerance(this);
    this.pace = new Pace(request.lanes, request.remembered?.pace);
  }
}
