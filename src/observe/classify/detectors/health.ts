import type { Detector } from "./detector.ts";

/** Patients, what they have, and who treats and insures them. */
export const HEALTH_DETECTORS: readonly Detector[] = [];
