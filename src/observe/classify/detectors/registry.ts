import { apiKey } from "./api-key.ts";
import type { Detector } from "./detector.ts";
import { email } from "./email.ts";
import { iban } from "./iban.ts";
import { jwt } from "./jwt.ts";
import { nationalId } from "./national-id.ts";
import { password } from "./password.ts";
import { passwordHash } from "./password-hash.ts";
import { paymentCard } from "./payment-card.ts";
import { phone } from "./phone.ts";
import { privateKey } from "./private-key.ts";

/** Every detector, sorted by class. */
export const DETECTORS: readonly Detector[] = [
  apiKey,
  email,
  iban,
  jwt,
  nationalId,
  password,
  passwordHash,
  paymentCard,
  phone,
  privateKey,
];
