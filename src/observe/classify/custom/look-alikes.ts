/**
 * What many other fields hold: numbers, identifiers, dates, words. A pattern that fits one of these says too little by itself. Made, not collected:
 * nobody's values.
 */
export function lookAlikes(): readonly string[] {
  known ??= [...OTHERS, ...mixtures()];
  return known;
}

/** Letters and digits as numbers of documents, orders, versions and licences have them: up to six letters before or after up to twenty digits. */
function mixtures(): readonly string[] {
  const found: string[] = [];
  for (let digits = 0; digits <= 20; digits += 1) {
    const number = NUMBER.slice(0, digits);
    for (let letters = digits === 0 ? 1 : 0; letters <= 6; letters += 1) {
      for (const word of [WORD.slice(0, letters), WORD.slice(0, letters).toUpperCase()]) {
        found.push(
          `${word}${number}`,
          `${number}${word}`,
          ...(letters > 0 && digits > 0 ? [`${word}-${number}`, `${number}-${word}`] : []),
        );
      }
    }
  }
  return [...new Set(found)];
}

let known: readonly string[] | undefined;
const NUMBER = "73920416589362751048";
const WORD = "qxvzkw";
const OTHERS = [
  ...["true", "active", "pending", "Berlin", "en-GB", "EUR", "application/json", "a short note", "not available", "N/A", "-", "0"],
  ...["12.50", "-3.75", "1,204.00", "1e6", "99%", "10.4.2", "v2.11.0-rc.1", "2027-01-31", "31.01.2027", "2027-01-31T12:00:00Z", "12:45"],
  ...["7f3c2a19-4b8d-4e61-9a27-c05d8e14f6b3", "01JD9ZQK7M3W8XVT5RC2HB4N6P", "507f1f77bcf86cd799439011", "V1StGXR8_Z5jdHi6B-myT"],
  ...["9f86d081884c7d659a2feaa0c55ad015", "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3", "cus_9s6XKzkNRiz8i3", "ord-2027-000417"],
  ...["someone@mail.invalid", "+49 30 9018 2047", "https://www.host.invalid/a/b?c=1", "www.host.invalid", "10.20.30.40", "/usr/lib/node"],
  ...["Kim Lindqvist", "Main Street 12", "SW1A 2AA", "DE", "4012-8888-8888-1881", "123-45-6789", "AB 12 34 56 C", "12/29"],
];
