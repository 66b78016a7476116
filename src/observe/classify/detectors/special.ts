import type { Detector } from "./detector.ts";

/** What the law protects most (GDPR articles 9 and 10). */
export const SPECIAL_DETECTORS: readonly Detector[] = [];
