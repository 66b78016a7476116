import type { CustomClass } from "../../../model/custom-class.ts";
import type { Detector } from "../detectors/detector.ts";
import type { StepBudget } from "./step-budget.ts";

/** Classes of a consumer, and what knows their values. */
export interface CustomDetection {
  readonly customClasses: readonly CustomClass[];
  /** For one body, which has a budget of its own. */
  readonly detectorsFor: (steps: StepBudget) => readonly Detector[];
}

/** Undefined where nothing is defined. The engine of their patterns is loaded when there is a pattern. */
export async function customDetection(customClasses: readonly CustomClass[] | undefined): Promise<CustomDetection | undefined> {
  if (customClasses === undefined || customClasses.length === 0) return undefined;
  const { customDetectors } = await import("./custom-detectors.ts");
  return { customClasses, detectorsFor: (steps) => customDetectors(customClasses, steps) };
}
