import type { Detector } from "./detector.ts";
import { FINANCIAL_DETECTORS } from "./financial.ts";
import { HEALTH_DETECTORS } from "./health.ts";
import { INFRASTRUCTURE_DETECTORS } from "./infrastructure.ts";
import { PERSONAL_DETECTORS } from "./personal.ts";
import { SECRET_DETECTORS } from "./secret.ts";
import { SPECIAL_DETECTORS } from "./special.ts";

/** Every detector, sorted by class. */
export const DETECTORS: readonly Detector[] = [
  ...PERSONAL_DETECTORS,
  ...SPECIAL_DETECTORS,
  ...HEALTH_DETECTORS,
  ...FINANCIAL_DETECTORS,
  ...SECRET_DETECTORS,
  ...INFRASTRUCTURE_DETECTORS,
].sort((one, other) => (one.class < other.class ? -1 : 1));
