import type { CustomClass } from "../../../model/custom-class.ts";
import type { Detector } from "../detectors/detector.ts";

/** Classes of a consumer, and what knows their values. */
export interface CustomDetection {
  readonly customClasses: readonly CustomClass[];
  readonly detectors: readonly Detector[];
}

/** Undefined where nothing is defined. The engine of their patterns is loaded when there is a pattern. */
export async function customDetection(customClasses: readonly CustomClass[] | undefined): Promise<CustomDetection | undefined> {
  if (customClasses === undefined || customClasses.length === 0) return undefined;
  const { customDetectors } = await import("./custom-detectors.ts");
  return { customClasses, detectors: customDetectors(customClasses) };
}
