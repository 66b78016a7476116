import type { ServedChain, TlsEvidence } from "../../evidence/kinds.ts";
import { sha256Hex } from "../../model/digest.ts";
import type { OfferWant } from "../../model/net-port.ts";
import type { TlsAnswer } from "../../model/tls-offer.ts";

/** A chain as it was served, leaf first. */
export interface SeenChain {
  readonly named: boolean;
  readonly ders: readonly Uint8Array[];
  readonly timestamps?: Uint8Array;
}

/** The first chain that came with each leaf, with a name and without. */
export class ChainLog {
  readonly #chains = new Map<string, SeenChain>();
  #octets = 0;

  note(want: OfferWant, answer: TlsAnswer): void {
    if (answer.type !== "hello" || answer.certificate === undefined) return;
    const { chain: ders = [], timestamps } = answer.features ?? {};
    const named = want.sni !== false;
    const key = `${named} ${answer.certificate.sha256}`;
    const size = ders.reduce((octets, der) => octets + der.length, 0);
    if (ders.length === 0 || ders.length > MOST_CERTIFICATES || this.#octets + size > MOST_OCTETS) return;
    const known = this.#chains.get(key);
    if (known !== undefined && (known.timestamps !== undefined || timestamps === undefined)) return;
    if (known === undefined) this.#octets += size;
    this.#chains.set(key, { named, ders: known?.ders ?? ders, ...(timestamps !== undefined && { timestamps }) });
  }

  chains(): readonly SeenChain[] {
    return [...this.#chains.values()];
  }
}

/**
 * Chains as evidence keeps them: of this time, and of last time where the leaf is still served and nothing was seen of it this time.
 * `isKept` says so.
 */
export function chainEvidence(
  seen: readonly SeenChain[],
  before: Pick<TlsEvidence, "chains" | "served"> | undefined,
  isKept: (chain: ServedChain) => boolean,
): Pick<TlsEvidence, "chains" | "served"> {
  const served = new Map<string, string>();
  const now = seen.map(({ named, ders, timestamps }): ServedChain => {
    const certificates = ders.map((der) => {
      const sha256 = sha256Hex(der);
      served.set(sha256, Buffer.from(der).toString("base64"));
      return sha256;
    });
    return { named, certificates, ...(timestamps !== undefined && { timestamps: Buffer.from(timestamps).toString("base64") }) };
  });
  const isSeen = (chain: ServedChain) => now.some((one) => keyOf(one) === keyOf(chain));
  const kept = (before?.chains ?? []).flatMap((chain) =>
    isSeen(chain) || !isKept(chain) ? [] : [{ ...chain, remembered: true } as const],
  );
  const bytes = new Map((before?.served ?? []).map(({ sha256, der }) => [sha256, der]));
  for (const sha256 of kept.flatMap(({ certificates }) => certificates)) {
    const der = bytes.get(sha256);
    if (der !== undefined) served.set(sha256, der);
  }
  return {
    chains: [...now, ...kept].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    served: [...served].map(([sha256, der]) => ({ sha256, der })).sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
  };
}

function keyOf({ named, certificates }: ServedChain): string {
  return `${named ? "named" : "nameless"} ${certificates[0] ?? ""}`;
}

/** Chains of public hosts have two to four. */
const MOST_CERTIFICATES = 16;
/** Of all chains of an address: ten thousand names are a third of a megabyte. */
const MOST_OCTETS = 1_048_576;
