import type { PublicKey } from "../../pki/certificate.ts";
import { type KeyFacts, keyFacts } from "../../pki/key-strength.ts";
import { type RsaWeakness, rsaWeakness } from "../../pki/rsa-weakness.ts";

/** What is wrong with a public key, the worst first. */
export const KEY_WEAKNESSES = [
  "small-factor",
  "close-primes",
  "roca",
  "exponent-one",
  "very-short-key",
  "exponent-even",
  "short-key",
  "dsa",
  "exponent-small",
] as const;
export type KeyWeakness = (typeof KEY_WEAKNESSES)[number];

export interface KeyVerdict {
  readonly weaknesses: readonly KeyWeakness[];
  /** Nothing else can be wrong with it, as far as it is looked at here. */
  readonly isKnown: boolean;
}

export function keyVerdict(key: PublicKey): KeyVerdict {
  const facts = keyFacts(key);
  if (facts.type.startsWith("ed")) return { weaknesses: [], isKnown: true };
  const length = lengthWeakness(facts);
  const isRsa = facts.type.startsWith("rsa");
  const weaknesses = [...length, ...(facts.type === "dsa" ? (["dsa"] as const) : []), ...(isRsa ? rsaWeaknesses(key, facts) : [])];
  return { weaknesses, isKnown: isRsa ? facts.modulus !== undefined : facts.bits !== undefined };
}

function lengthWeakness({ type, bits }: KeyFacts): readonly KeyWeakness[] {
  if (bits === undefined) return [];
  const { broken, least } = type === "ecdsa" ? CURVE : MODULUS;
  if (bits >= least) return [];
  return [bits < broken ? "very-short-key" : "short-key"];
}

function rsaWeaknesses(key: PublicKey, { bits = 0, modulus, exponent }: KeyFacts): readonly KeyWeakness[] {
  if (modulus === undefined || exponent === undefined) return [];
  if (bits < SHORTEST) return exponentWeakness(exponent);
  const found = known.get(key) ?? { weakness: rsaWeakness(modulus) };
  known.set(key, found);
  return [...(found.weakness === undefined ? [] : [found.weakness]), ...exponentWeakness(exponent)];
}

function exponentWeakness(exponent: bigint): readonly KeyWeakness[] {
  if (exponent === 1n) return ["exponent-one"];
  if (exponent % 2n === 0n) return ["exponent-even"];
  return exponent < USUAL_EXPONENT ? ["exponent-small"] : [];
}

const known = new WeakMap<PublicKey, { readonly weakness: RsaWeakness | undefined }>();

/** 112 bits of strength are the least (NIST SP 800-57 part 1); moduli of 829 bits have been factored, curves of 112 bits solved. */
const MODULUS = { broken: 1024, least: 2048 };
const CURVE = { broken: 160, least: 224 };
/** Nobody makes shorter ones: chance decides what such numbers look like. */
const SHORTEST = 512;
/** 2^16 + 1, the least that the baseline requirements recommend (section 6.1.6). */
const USUAL_EXPONENT = 65_537n;
