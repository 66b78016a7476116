import type { AuthProvider } from "../../catalog/auth-providers.ts";
import type { Strength, StrengthStep } from "../../model/auth-strength.ts";
import type { IntegrationAuth } from "../../model/integration.ts";
import { attributesOf } from "./auth-attributes.ts";
import { cheapestFirst, offeredAuth, offeredStep } from "./auth-offers.ts";
import { strengthOf } from "./auth-strength.ts";

/** Whether one request, read by somebody else, is of no use to them: it carries a proof, and no secret. */
export function isBound({ terms }: Strength): boolean {
  return terms.some(({ question, low }) => question === "observer" && PROOFS.includes(low.level));
}

/** The cheapest of the provider's ways that is known to be bound. */
export function boundOffer({ offers }: AuthProvider, ours: IntegrationAuth): StrengthStep | undefined {
  const bound = offers.filter((offer) => {
    const attributes = attributesOf(offeredAuth(offer, ours));
    return offer.confidence !== "unverified" && attributes !== undefined && isBound(strengthOf(attributes));
  });
  return cheapestFirst(bound.map((offer) => offeredStep(offer, ours)))[0];
}

const PROOFS: readonly string[] = ["proof-weak", "proof-ts", "proof-nonce", "pop-token", "channel"];
