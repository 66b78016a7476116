import type { StrengthStep } from "../../model/auth-strength.ts";
import type { AuthScheme } from "../../model/integration.ts";
import type { AuthAssessment } from "./auth-assessment.ts";
import { declaredAuth } from "./auth-declared.ts";
import { cheapestFirst, offeredStep, schemeOf } from "./auth-offers.ts";

export interface ExpiringOffer {
  /** Whether what we have ends by itself. */
  readonly ours: "lasts" | "ends" | "unknown";
  /** The cheapest of the provider's that does. */
  readonly step: StrengthStep;
}

/** Undefined where what we use is no lasting secret, and where the provider is not known to have anything that ends. */
export function expiringOffer({ auth, provider, strength }: AuthAssessment): ExpiringOffer | undefined {
  const scheme = schemeOf(auth);
  if (scheme === undefined || !LASTING.includes(scheme)) return undefined;
  const ending = (provider?.offers ?? [])
    .filter(({ attributes, confidence }) => confidence !== "unverified" && !["no", undefined].includes(attributes.expiry))
    .map((offer) => offeredStep(offer, auth))
    .filter(({ high }) => high.value > strength.low.value);
  const [step] = cheapestFirst(ending);
  if (step === undefined) return undefined;
  const { expiry } = declaredAuth(auth);
  return { ours: expiry === undefined ? "unknown" : expiry === "no" ? "lasts" : "ends", step };
}

/** Kept by us as it is sent, or as what signs. */
const LASTING: readonly AuthScheme[] = ["api-key", "basic", "bearer", "sigv4"];
