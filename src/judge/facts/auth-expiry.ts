import type { StrengthStep } from "../../model/auth-strength.ts";
import type { AuthScheme } from "../../model/integration.ts";
import type { AuthAssessment } from "./auth-assessment.ts";
import { declaredAuth } from "./auth-declared.ts";
import { cheapestFirst, offeredStep, schemeOf } from "./auth-offers.ts";

/** Whether what we have ends by itself, and where it does not, the cheapest of the provider's ways that does. */
export type ExpiringOffer =
  | { readonly ours: "ends" }
  | { readonly ours: "unknown" }
  | { readonly ours: "lasts"; readonly step: StrengthStep };

/** Undefined where what we use is no lasting secret, and where the provider is not known to have anything stronger that ends. */
export function expiringOffer({ auth, provider, strength }: AuthAssessment): ExpiringOffer | undefined {
  const scheme = schemeOf(auth);
  const ending = (provider?.offers ?? []).filter(
    ({ attributes, confidence }) => confidence !== "unverified" && !["no", undefined].includes(attributes.expiry),
  );
  if (scheme === undefined || !LASTING.includes(scheme) || ending.length === 0) return undefined;
  const { expiry } = declaredAuth(auth);
  if (expiry === undefined) return { ours: "unknown" };
  if (expiry !== "no") return { ours: "ends" };
  const stronger = ending.map((offer) => offeredStep(offer, auth)).filter(({ high }) => high.value > strength.low.value);
  const [step] = cheapestFirst(stronger);
  return step === undefined ? undefined : { ours: "lasts", step };
}

/** Kept by us as it is sent, or as what signs. */
const LASTING: readonly AuthScheme[] = ["api-key", "basic", "bearer", "sigv4"];
