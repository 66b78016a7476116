import { NumberText } from "../document.ts";

/** A number of JSON (RFC 8259 section 6); its text where a double would show other digits. Undefined for what is none. */
export function jsonNumber(text: string): number | NumberText | undefined {
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  if (text.length <= EXACT_DIGITS && Number.isFinite(value) && (value !== 0 || !NOT_ZERO.test(text))) return value;
  return digitsOf(text) === digitsOf(String(value)) ? value : new NumberText(text);
}

/** Sign, significant digits and the place of the point: the same for all ways to write one number. */
function digitsOf(text: string): string {
  const [, sign = "", whole = "", part = "", exponent = "0"] = PARTS.exec(text) ?? [];
  const digits = `${whole}${part}`;
  const significant = digits.replace(/^0+/, "");
  if (significant === "") return "0";
  const trimmed = withoutLastZeros(significant);
  const point = whole.length - (digits.length - significant.length) + Number(exponent);
  return `${sign}${trimmed}e${point}`;
}

/** One pass: an expression would begin anew at every zero. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits.charAt(end - 1) === "0") end -= 1;
  return digits.slice(0, end);
}

/** A double keeps 15 decimal digits, whichever they are. */
const EXACT_DIGITS = 15;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NOT_ZERO = /^-?[0.]*[1-9]/;
const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
