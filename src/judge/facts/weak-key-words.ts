import type { OutcomeDefinition } from "../rules/rule.ts";
import type { KeyWeakness } from "./key-weakness.ts";

/** Outcomes of every question about a public key; `who` has it. */
export const WEAK_KEY_OUTCOMES = {
  "small-factor": { verdict: "fail", message: ({ who }) => `${who} has an RSA key whose modulus has a small factor: it is broken.` },
  "close-primes": {
    verdict: "fail",
    message: ({ who }) => `${who} has an RSA key whose two primes lie so close together that they are found at once.`,
  },
  roca: {
    verdict: "fail",
    message: ({ who, bits }) =>
      `${who} has an RSA key of ${bits} bits from a chip with a fault (ROCA): its primes can be worked out, for less the shorter it is.`,
  },
  "exponent-one": {
    verdict: "fail",
    message: ({ who }) => `${who} has an RSA key with the exponent 1: anybody can sign what it verifies.`,
  },
  "very-short-key": {
    verdict: "fail",
    message: ({ who, bits }) => `${who} has a key of ${bits} bits, which has been broken in practice.`,
  },
  "exponent-even": {
    verdict: "fail",
    severity: "high",
    message: ({ who }) => `${who} has an RSA key with an even exponent, which no RSA key can have.`,
  },
  "short-key": {
    verdict: "fail",
    severity: "high",
    message: ({ who, bits, least }) => `${who} has a key of ${bits} bits; ${least} are the least.`,
  },
  dsa: { verdict: "fail", severity: "low", message: ({ who }) => `${who} has a DSA key, which clients of today do not take.` },
  "exponent-small": {
    verdict: "fail",
    severity: "info",
    message: ({ who }) => `${who} has an RSA key with an exponent below 65537: sound, unless a client checks signatures carelessly.`,
  },
} as const satisfies Readonly<Record<KeyWeakness, OutcomeDefinition>>;
