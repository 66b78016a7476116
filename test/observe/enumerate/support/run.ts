import type { TlsAnswer, TlsOffer } from "../../../../src/model/tls-offer.ts";
import { Enumerator } from "../../../../src/observe/enumerate/enumerator.ts";
import type { EnumerationRequest } from "../../../../src/observe/enumerate/request.ts";
import type { EnumerationResult } from "../../../../src/observe/enumerate/result.ts";

export type Network = (offer: TlsOffer, nowMs: number) => TlsAnswer;

const ROUND_TRIP = 80;
const MOST_STEPS = 20_000;

export interface Run extends EnumerationResult {
  readonly tookMs: number;
  readonly mostAtOnce: number;
  readonly offers: readonly TlsOffer[];
}

/** Plays an enumeration against a network with a clock of its own; answers come in the order of the offers. */
export function enumerate(request: EnumerationRequest, network: Network): Run {
  const enumerator = new Enumerator(request);
  const flights: { offer: TlsOffer; answer: TlsAnswer; due: number }[] = [];
  const offers: TlsOffer[] = [];
  let now = 0;
  let mostAtOnce = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = enumerator.next();
    if (next !== undefined && "waitMs" in next) now += next.waitMs;
    else if (next !== undefined) {
      offers.push(next);
      flights.push({ offer: next, answer: network(next, now), due: now + ROUND_TRIP });
      mostAtOnce = Math.max(mostAtOnce, flights.length);
    } else {
      const flight = flights.shift();
      if (flight === undefined) return { ...enumerator.result(), tookMs: now, mostAtOnce, offers };
      now = Math.max(now, flight.due);
      enumerator.learn(flight.offer, flight.answer);
    }
  }
  throw new Error("The enumeration does not end.");
}

/** A limiter that lets so many connections a second pass, with as many at once, and resets the others. */
export function limited(network: Network, perSecond: number, refusal: TlsAnswer = { type: "reset" }): Network {
  let tokens = perSecond;
  let last = 0;
  return (offer, now) => {
    tokens = Math.min(perSecond, tokens + ((now - last) / 1000) * perSecond);
    last = now;
    if (tokens < 1) return refusal;
    tokens--;
    return network(offer, now);
  };
}

/** A network that loses a part of the answers. */
export function lossy(
  network: Network,
  part: number,
  seed: number,
  losses: readonly TlsAnswer[] = [{ type: "reset" }, { type: "timeout" }],
): Network {
  let state = seed | 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  return (offer, now) => {
    const loss = losses[Math.floor(random() * losses.length)] as TlsAnswer;
    return random() < part ? loss : network(offer, now);
  };
}
