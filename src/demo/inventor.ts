import { randomBytes, randomInt } from "node:crypto";

/**
 * Makes up secrets and personal values that look real and belong to nobody, new in every process.
 * All of them are canaries: none may turn up in anything that is written.
 */
export interface Inventor {
  /** Letters and digits after `prefix`. */
  secret(prefix?: string): string;
  email(person: string): string;
  /** A Berlin number in E.164 form. */
  phone(): string;
  /** AAA-GG-SSSS, in an area that was issued. */
  socialSecurityNumber(): string;
  /** German, with the right check digits (ISO 13616). */
  iban(): string;
  /** Everything made up so far. */
  inventions(): readonly string[];
}

export function createInventor(): Inventor {
  const inventions: string[] = [];
  const remember = (value: string): string => {
    inventions.push(value);
    return value;
  };
  return {
    secret: (prefix = "") => remember(prefix + lettersAndDigits(32)),
    email: (person) => remember(`${person}@${randomBytes(4).toString("hex")}-mail.net`),
    phone: () => remember(`+49302${digits(7)}`),
    socialSecurityNumber: () => remember(`${randomInt(100, 660)}-${randomInt(10, 100)}-${randomInt(1000, 10_000)}`),
    iban: () => remember(germanIban(digits(18))),
    inventions: () => [...inventions],
  };
}

function germanIban(account: string): string {
  const germany = "131400"; // D is 13, E is 14, and the check digits count as 00 while they are computed
  const check = 98n - (BigInt(account + germany) % 97n);
  return `DE${String(check).padStart(2, "0")}${account}`;
}

function digits(length: number): string {
  return Array.from({ length }, () => randomInt(10)).join("");
}

function lettersAndDigits(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
