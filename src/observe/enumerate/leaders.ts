import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Sets } from "./request.ts";

/**
 * What comes first in the hellos that are under way: a server that follows the order of an offer would show the same thing in all of them, so
 * that each is to begin with another.
 */
export class Leaders {
  readonly #sets: Sets;
  readonly #underWay = new Set<TlsOffer>();

  /** @param sets of signature schemes, of each of which one may be shown. */
  constructor(sets: Sets) {
    this.#sets = sets;
  }

  depart(offer: TlsOffer): void {
    this.#underWay.add(offer);
  }

  arrive(offer: TlsOffer): void {
    this.#underWay.delete(offer);
  }

  groups(groups: readonly number[]): readonly number[] {
    return behind(groups, new Set([...this.#underWay].flatMap((offer) => offer.groups.slice(0, 1))));
  }

  /** Each set in the places that it had. Only hellos with suites for the same certificates show the same schemes. */
  schemes(schemes: readonly number[], suites: readonly number[]): readonly number[] {
    const others = [...this.#underWay].filter(({ cipherSuites }) => cipherSuites.some((code) => suites.includes(code)));
    return this.#sets.reduce((list, set) => {
      const leading = new Set(others.flatMap(({ signatureSchemes }) => signatureSchemes.find((code) => set.includes(code)) ?? []));
      const members = behind(
        list.filter((code) => set.includes(code)),
        leading,
      );
      let next = 0;
      return list.map((code) => (set.includes(code) ? (members[next++] as number) : code));
    }, schemes);
  }
}

function behind(codes: readonly number[], leading: ReadonlySet<number>): readonly number[] {
  return [...codes.filter((code) => !leading.has(code)), ...codes.filter((code) => leading.has(code))];
}
