import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Sets } from "./request.ts";

/**
 * What comes first in the hellos that are under way: a server that follows the order of an offer would show the same thing in all of them, so
 * that each is to begin with another.
 */
export class Leaders {
  readonly #sets: Sets;
  readonly #leading = new Map<TlsOffer, readonly number[]>();

  /** @param sets of signature schemes, of each of which one may be shown. */
  constructor(sets: Sets) {
    this.#sets = sets;
  }

  depart(offer: TlsOffer): void {
    const schemes = this.#sets.flatMap((set) => offer.signatureSchemes.find((code) => set.includes(code)) ?? []);
    this.#leading.set(offer, [...offer.groups.slice(0, 1), ...schemes]);
  }

  arrive(offer: TlsOffer): void {
    this.#leading.delete(offer);
  }

  behind(groups: readonly number[]): readonly number[] {
    const leading = this.#codes();
    return [...groups.filter((code) => !leading.has(code)), ...groups.filter((code) => leading.has(code))];
  }

  /** Each set in the places that it had. */
  behindInSets(schemes: readonly number[]): readonly number[] {
    return this.#sets.reduce((list, set) => {
      const members = this.behind(list.filter((code) => set.includes(code)));
      let next = 0;
      return list.map((code) => (set.includes(code) ? (members[next++] as number) : code));
    }, schemes);
  }

  #codes(): ReadonlySet<number> {
    return new Set([...this.#leading.values()].flat());
  }
}
