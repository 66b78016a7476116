import type { Failure } from "../../model/failure.ts";
import type { NetResult, NetSession } from "../../model/net-port.ts";
import { err, ok } from "../../model/result.ts";
import type { TlsAnswer, TlsOffer } from "../../model/tls-offer.ts";
import { Enumerator } from "../enumerate/enumerator.ts";
import type { Depth, Remembered } from "../enumerate/request.ts";
import type { EnumerationResult, OfferVersion } from "../enumerate/result.ts";
import type { AddressQuestion } from "./probe.ts";
import { candidatesFor, SHAREABLE } from "./tls-candidates.ts";

export interface EnumerationQuestion extends AddressQuestion {
  readonly depth: Depth;
  /** The most connections that may be opened. */
  readonly budget: number;
  /** The most connections at once; the session's own lanes hold as well. */
  readonly lanes: number;
  /** What the last enumeration of this address found. */
  readonly remembered?: Remembered;
}

/**
 * Finds out what one address accepts from SSL 3.0 to TLS 1.3. Ends early where the budget, the session or the server's patience does, and
 * says so in what it found. Fails only where the server never said anything.
 */
export async function enumerateTls(question: EnumerationQuestion, net: NetSession): Promise<NetResult<EnumerationResult>> {
  const { depth, budget, lanes, remembered } = question;
  const candidates = Object.fromEntries(VERSIONS.map((version) => [version, candidatesFor(version)]));
  const request = { depth, budget, lanes, candidates, shareable: SHAREABLE, ...(remembered !== undefined && { remembered }) };
  return new Run(question, net, new Enumerator(request)).result();
}

const VERSIONS: readonly OfferVersion[] = ["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3.0"];

class Run {
  readonly #question: AddressQuestion;
  readonly #net: NetSession;
  readonly #enumerator: Enumerator;
  readonly #flights = new Set<Promise<void>>();
  #answered = false;
  #failure: Failure | undefined;

  constructor(question: AddressQuestion, net: NetSession, enumerator: Enumerator) {
    this.#question = question;
    this.#net = net;
    this.#enumerator = enumerator;
  }

  async result(): Promise<NetResult<EnumerationResult>> {
    for (let next = this.#enumerator.next(); next !== undefined || this.#flights.size > 0; next = this.#enumerator.next()) {
      if (next === undefined) await Promise.race(this.#flights);
      else if ("waitMs" in next) await this.#net.pause(next.waitMs);
      else this.#send(next);
    }
    return this.#answered || this.#failure === undefined ? ok(this.#enumerator.result()) : err(this.#failure);
  }

  #send(offer: TlsOffer): void {
    const flight = this.#ask(offer).finally(() => this.#flights.delete(flight));
    this.#flights.add(flight);
  }

  async #ask(offer: TlsOffer): Promise<void> {
    const answer = await this.#net.exchangeOffer(this.#question.target, this.#question.address, offer, { until: "flight" });
    if (answer.ok) this.#learn(offer, answer.value);
    else this.#failed(offer, answer.error);
  }

  #learn(offer: TlsOffer, answer: TlsAnswer): void {
    this.#answered ||= answer.type !== "reset" && answer.type !== "timeout";
    this.#enumerator.learn(offer, answer);
  }

  /** Who answered before, and now takes no connection, has had too many of us. */
  #failed(offer: TlsOffer, failure: Failure): void {
    this.#failure ??= failure;
    const lost = LOST[failure.reason];
    if (lost === undefined || !(this.#answered || failure.retriable)) this.#enumerator.stop();
    else this.#enumerator.learn(offer, { type: lost });
  }
}

/** How connections fail that are not made, where it may be for the moment. */
const LOST: Readonly<Partial<Record<Failure["reason"], "reset" | "timeout">>> = {
  connect_refused: "reset",
  connection_reset: "reset",
  connect_timeout: "timeout",
  network_unreachable: "timeout",
};
