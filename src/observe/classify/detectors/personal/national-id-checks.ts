import { createRequire } from "node:module";
import type { Validator } from "stdnum";

/**
 * The check digits of a kind by stdnum (`gb/nino`), which is loaded when the first value has the shape: all of them together cost more than reading a body.
 * The others are those that it lacks.
 */
export function by(path: string): (text: string) => boolean {
  let validator: Pick<Validator, "validate"> | undefined;
  return (text) => {
    validator ??= load(`stdnum/lib/cjs/${path}.js`) as Pick<Validator, "validate">;
    return validator.validate(text.replaceAll(".", "")).isValid;
  };
}

/** Written with its dashes, and such as can have been given out: under whatever key, no company has one. */
export function isSocialSecurityNumber(text: string): boolean {
  return /^\d{3}-\d{2}-\d{4}$/.test(text) && isSsn(text);
}

/** Area, group and serial that the Social Security Administration can have given out. */
export function isSsn(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  const area = digits.slice(0, 3);
  return area !== "000" && area !== "666" && !area.startsWith("9") && digits.slice(3, 5) !== "00" && digits.slice(5) !== "0000";
}

/** Groups that the Internal Revenue Service gives out. */
export function isItin(text: string): boolean {
  const group = Number(text.replace(/\D/g, "").slice(3, 5));
  return (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92) || (group >= 94 && group <= 99);
}

/** Weights 10 to 2, modulo 11. */
export function isNhsNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, "")].map(Number);
  const sum = digits.slice(0, 9).reduce((total, digit, at) => total + digit * (10 - at), 0);
  return (11 - (sum % 11)) % 11 === digits[9];
}

/** Weights of the seven digits, an offset by series, and a letter by series. */
export function isNric(text: string): boolean {
  const upper = text.toUpperCase();
  const series = upper.charAt(0);
  const sum = [...upper.slice(1, 8)].reduce((total, digit, at) => total + Number(digit) * (NRIC_WEIGHTS[at] ?? 0), 0);
  const offset = series === "T" || series === "G" ? 4 : series === "M" ? 3 : 0;
  const rest = (sum + offset) % 11;
  const letters = NRIC_LETTERS[series] ?? "";
  return letters.charAt(series === "M" ? 10 - rest : rest) === upper.charAt(8);
}

/** Weights 6 to 2 twice, from the left, modulo 11. */
export function isMyNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, "")].map(Number);
  const sum = digits.slice(0, 11).reduce((total, digit, at) => total + digit * (MY_NUMBER_WEIGHTS[at] ?? 0), 0);
  const rest = sum % 11;
  return (rest <= 1 ? 0 : 11 - rest) === digits[11];
}

const load = createRequire(import.meta.url);
const NRIC_WEIGHTS = [2, 7, 6, 5, 4, 3, 2];
const NRIC_LETTERS: Readonly<Record<string, string>> = {
  S: "JZIHGFEDCBA",
  T: "JZIHGFEDCBA",
  F: "XWUTRQPNMLK",
  G: "XWUTRQPNMLK",
  M: "KLJNPQRTUWX",
};
const MY_NUMBER_WEIGHTS = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
