/** Of what is masked under `pan`: ten characters with letters where India's tax numbers have them (`ABCDE****F`), not the digits of a card. */
export function isMaskedTaxPan(text: string): boolean {
  return /^[A-Z*•.]{5}[\dX*•.]{4}[A-Z*•.]$/i.test(text);
}
