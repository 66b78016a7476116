import type { CustomClassEntry, CustomClassProblem } from "../../../model/custom-class.ts";
import { passesCheck } from "./check-digits.ts";
import { isSpecific } from "./custom-detectors.ts";
import { linearPattern } from "./linear-pattern.ts";

/** Whether an entry does what it is there for: compiles, fits its examples and nothing under `not`, and can be told from what it is not. Pure; never throws. */
export function checkCustomClass({ custom: { known }, examples, not }: CustomClassEntry): readonly CustomClassProblem[] {
  if (known === undefined) return [];
  const { names, needsName, inText, check } = known;
  const compiled = linearPattern(known.pattern);
  if (!compiled.ok) return [{ path: ["pattern"], ...compiled.error }];
  const pattern = compiled.value;
  const isOfClass = (text: string) => pattern.matches(text) && (check === undefined || passesCheck(check, text));
  const isCommon = !isSpecific(pattern);
  return [
    ...examples.flatMap((text, index) => (isOfClass(text) ? [] : [unfit(["examples", index], text, pattern.matches(text))])),
    ...not.flatMap((text, index) => (isOfClass(text) ? [{ path: ["not", index], ...FITS }] : [])),
    ...(pattern.matches("") ? [{ path: ["pattern"], expected: "a pattern that does not match empty text", found: "one that does" }] : []),
    ...(needsName && names.length === 0
      ? [{ path: ["names"], expected: "at least one name, which needsName asks for", found: "none" }]
      : []),
    ...(isCommon && names.length === 0 && !needsName ? [{ path: ["pattern"], ...COMMON }] : []),
    ...(inText && isCommon ? [{ path: ["inText"], ...COMMON_IN_TEXT }] : []),
  ];
}

function unfit(path: readonly (string | number)[], text: string, matches: boolean): CustomClassProblem {
  if (matches) return { path, expected: "a value whose check digits are right", found: "one whose check digits are not" };
  const expected = text.trim() === text ? "a value that the pattern matches as a whole" : "a value without spaces around it";
  return { path, expected, found: "one that it does not match" };
}

const FITS = { expected: "a value that is not of the class", found: "one that is" };
const COMMON = {
  expected:
    "names beside it, or a pattern that says more: this one also matches what many other fields hold (numbers, codes, dates, words)",
  found: "a pattern that is common, and no names",
};
const COMMON_IN_TEXT = {
  expected: "false, or a pattern that says more: inside text no name helps, and this one also matches what many texts hold",
  found: "a pattern that is common",
};
