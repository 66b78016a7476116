import type { Detector } from "./detector.ts";
import { accountLast4 } from "./financial/account-last4.ts";
import { bankAccount } from "./financial/bank-account.ts";
import { bic } from "./financial/bic.ts";
import { cardBin } from "./financial/card-bin.ts";
import { cardCvv } from "./financial/card-cvv.ts";
import { cardExpiry } from "./financial/card-expiry.ts";
import { cardFingerprint } from "./financial/card-fingerprint.ts";
import { cardLast4 } from "./financial/card-last4.ts";
import { creditScore } from "./financial/credit-score.ts";
import { cryptoWallet } from "./financial/crypto-wallet.ts";
import { financialAmount } from "./financial/financial-amount.ts";
import { giftCard } from "./financial/gift-card.ts";
import { iban } from "./financial/iban.ts";
import { paymentCard } from "./financial/payment-card.ts";
import { routingNumber } from "./financial/routing-number.ts";
import { salary } from "./financial/salary.ts";

/** Cards, accounts and what somebody earns. */
export const FINANCIAL_DETECTORS: readonly Detector[] = [
  accountLast4,
  bankAccount,
  bic,
  cardBin,
  cardCvv,
  cardExpiry,
  cardFingerprint,
  cardLast4,
  creditScore,
  cryptoWallet,
  financialAmount,
  giftCard,
  iban,
  paymentCard,
  routingNumber,
  salary,
];
