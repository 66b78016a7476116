import type { CustomCheck } from "../../../model/custom-class.ts";
import { passesLuhn } from "../values.ts";

/** Of the digits alone (Luhn, ISO/IEC 7812-1 annex B), or of letters and digits in their order (mod 97-10, ISO/IEC 7064). */
export function passesCheck(check: CustomCheck, text: string): boolean {
  if (check === "luhn") {
    const digits = text.replace(/\D/g, "");
    return digits.length > 1 && passesLuhn(digits);
  }
  const characters = text.replace(/[^0-9A-Za-z]/g, "").toUpperCase();
  return characters.length > 2 && [...characters].reduce(remainder, 0) === 1;
}

function remainder(before: number, character: string): number {
  const value = Number.parseInt(character, 36);
  return (before * (value > 9 ? 100 : 10) + value) % 97;
}
