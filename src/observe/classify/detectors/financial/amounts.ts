/** A number of money as people and machines write it, and not nothing. */
export function isAmount(text: string): boolean {
  return text.length <= MAX_LENGTH && AMOUNT.test(text) && /[1-9]/.test(text);
}

const MAX_LENGTH = 32;
const AMOUNT =
  /^(?:[A-Z]{3} ?|[$€£¥₹R]{1,2}\$? ?)?[-+]?\d[\d.,' ]{0,20}(?:k|K)?(?: ?(?:[A-Z]{3}|[$€£¥₹]))?(?: ?(?:\/|per|a|pro) ?(?:hr|h|hour|yr|year|annum|mo|month|week|day|std|stunde|monat|jahr))?$/i;
