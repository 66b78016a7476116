import type { Detector } from "./detector.ts";
import { email } from "./personal/email.ts";
import { nationalId } from "./personal/national-id.ts";
import { phone } from "./personal/phone.ts";

/** Who somebody is, and how to reach them. */
export const PERSONAL_DETECTORS: readonly Detector[] = [email, nationalId, phone];
