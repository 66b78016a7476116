import { dataClassFacts } from "../../../catalog/data-classes.ts";
import type { CustomClass, CustomRecognition } from "../../../model/custom-class.ts";
import type { CustomClassName, DataClass } from "../../../model/data-class.ts";
import { isAboutFields } from "../around.ts";
import { bySurroundings } from "../detectors/by-surroundings.ts";
import type { Detector, Hit, Value, Veto } from "../detectors/detector.ts";
import type { Surroundings } from "../fields.ts";
import { wordsOf } from "../names.ts";
import { isDigitPattern, isPlaceholder } from "../values.ts";
import { passesCheck } from "./check-digits.ts";
import { type LinearPattern, linearPattern } from "./linear-pattern.ts";
import { lookAlikes } from "./look-alikes.ts";
import type { StepBudget } from "./step-budget.ts";

/**
 * Detectors for the classes of a consumer, which find nothing any more once the budget is spent. A pattern that cannot be compiled detects nothing: the
 * inventory refused it. Patterns are compiled once for a list of classes.
 */
export function customDetectors(classes: readonly CustomClass[], steps: StepBudget): readonly Detector[] {
  const compiled = known.get(classes) ?? classes.flatMap(compiledOf);
  known.set(classes, compiled);
  return compiled.map((one) => detectorFor(one, classes, steps));
}

interface CompiledClass {
  readonly id: CustomClassName;
  readonly recognition: CustomRecognition;
  readonly pattern: LinearPattern;
  readonly isNamed: Detector["isNamed"];
  /** Confidence in a value without a name. */
  readonly unnamed: number;
}

/** Nothing that is common is of the class: a value of it is known without a name. */
export function isSpecific({ matches }: LinearPattern): boolean {
  return !lookAlikes().some(matches);
}

function compiledOf({ id, known: recognition }: CustomClass): readonly CompiledClass[] {
  const compiled = recognition === undefined ? undefined : linearPattern(recognition.pattern);
  if (recognition === undefined || compiled?.ok !== true) return [];
  const pattern = compiled.value;
  const unnamed = isSpecific(pattern) ? (recognition.check === undefined ? SPECIFIC : PROVEN) : COMMON;
  return [{ id, recognition, pattern, isNamed: bySurroundings(nameTest(recognition.names)), unnamed }];
}

function detectorFor(
  { id, recognition, pattern, isNamed, unnamed }: CompiledClass,
  customClasses: readonly CustomClass[],
  steps: StepBudget,
): Detector {
  const { needsName, inText, check } = recognition;
  return {
    class: id,
    over: [],
    replaces: (other: DataClass) => dataClassFacts(other, { customClasses }).replaceable,
    inText,
    ...(needsName && { needsName: true as const }),
    isNamed,
    detect: ({ text }: Value, surroundings: Surroundings): Hit | Veto | undefined => {
      if (!steps.spend(pattern.steps(text)) || !pattern.matches(text)) return undefined;
      if (check !== undefined && !passesCheck(check, text)) return { veto: "fails-checksum" };
      const named = isNamed(surroundings);
      return {
        confidence: named ? (check === undefined ? NAMED : NAMED_AND_PROVEN) : unnamed,
        cues: ["pattern", ...(check === undefined ? [] : (["checksum"] as const))],
        ...(isSample(text) && { sample: true }),
      };
    },
  };
}

/** One of the names, word by word, ends that of the field, with or without the one above it: "member number" also names `member.number` and `oldMemberNumber`. */
function nameTest(names: readonly string[]): (surroundings: Surroundings) => boolean {
  const cues = new Set(names.map(wordsOf).filter((words) => words !== ""));
  return (surroundings) => {
    const { name, above } = surroundings;
    if (cues.size === 0 || isAboutFields(surroundings)) return false;
    const whole = [above[0] ?? "", name].filter((words) => words !== "").join(" ");
    if ([name, whole].some((words) => cues.has(words))) return true;
    const words = name.split(" ");
    return words.some((_, at) => cues.has(words.slice(at).join(" ")));
  };
}

function isSample(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  return isPlaceholder(text) || (digits.length >= FEW_DIGITS && isDigitPattern(digits));
}

const known = new WeakMap<readonly CustomClass[], readonly CompiledClass[]>();
const NAMED_AND_PROVEN = 0.97;
const NAMED = 0.95;
const PROVEN = 0.9;
const SPECIFIC = 0.85;
/** Below what is reported: `--explain` shows it. */
const COMMON = 0.5;
const FEW_DIGITS = 6;
