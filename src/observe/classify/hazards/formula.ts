/**
 * A spreadsheet would calculate it (CWE-1236): `=HYPERLINK(...)`, `+A1+cmd|' /C calc'!A0`, `@SUM(1+1)*cmd|...`, `-2+3+cmd|...`. Not a phone number,
 * a negative number, a list mark, a mention or a code that begins with such a sign. Signs of full width (U+FF1D) begin one as well.
 */
export function isFormula(text: string): boolean {
  const start = text
    .slice(0, MAX_LENGTH)
    .replace(/^[\t\r\n ]+/, "")
    .replace(WIDE, (sign) => sign.normalize("NFKC"));
  if (!/^[=+\-@]/.test(start)) return false;
  return FUNCTION_CALL.test(start) || DDE.test(start) || (start.startsWith("=") && REFERENCE.test(start));
}

const WIDE = /^[＝＋－＠]+/;
const MAX_LENGTH = 2000;
/** A name with a bracket behind it, first or behind an operator. */
const FUNCTION_CALL = /^[=+\-@]{1,3}\s{0,8}(?:[\w.:$]{1,40}\s{0,4}[+*/&,-]\s{0,4}){0,4}[A-Z][A-Z0-9.]{1,30}\(/i;
/** Dynamic data exchange: a program, its topic, an item. */
const DDE = /^[=+\-@][^|\n]{0,100}[A-Za-z]{2,20}\s{0,4}\|[^!\n]{0,400}![A-Za-z$]{0,3}\w/;
/** Cells and sums of them: `=A1+B2`, `=1+1`. */
const REFERENCE =
  /^=\s{0,4}\(?(?:\$?[A-Z]{1,3}\$?\d{1,7}|\d{1,15}(?:\.\d{1,15})?)\s{0,4}[-+*/&:]\s{0,4}\(?(?:\$?[A-Z]{1,3}\$?\d{1,7}|\d{1,15})/i;
