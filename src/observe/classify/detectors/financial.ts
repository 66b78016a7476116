import type { Detector } from "./detector.ts";
import { iban } from "./financial/iban.ts";
import { paymentCard } from "./financial/payment-card.ts";

/** Cards, accounts and what somebody earns. */
export const FINANCIAL_DETECTORS: readonly Detector[] = [iban, paymentCard];
