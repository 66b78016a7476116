import type { Detector } from "./detector.ts";

/** Machines, networks and places. */
export const INFRASTRUCTURE_DETECTORS: readonly Detector[] = [];
