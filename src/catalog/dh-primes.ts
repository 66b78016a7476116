import { type DatedFacts, loadFacts } from "./load.ts";

/** A prime that a standard gave to all who wanted one. */
export interface DhPrime {
  /** "RFC 2409 group 2". */
  readonly name: string;
  readonly bits: number;
  /** SHA-256 of the prime without leading zeros, in lower-case hexadecimal. */
  readonly sha256: string;
}

export function dhPrimes(): readonly DhPrime[] {
  return loadFacts("dh-primes", isPrimeFacts).primes;
}

/** Undefined for a prime of somebody's own, as far as we know. */
export function dhPrimeByHash(sha256: string): DhPrime | undefined {
  return dhPrimes().find((prime) => prime.sha256 === sha256);
}

interface PrimeFacts extends DatedFacts {
  readonly primes: readonly DhPrime[];
}

function isPrimeFacts(candidate: unknown): candidate is PrimeFacts {
  const { primes } = candidate as Record<string, unknown>;
  return Array.isArray(primes) && primes.every(isPrime);
}

function isPrime(row: unknown): boolean {
  const { name, bits, sha256 } = row as Record<string, unknown>;
  return typeof name === "string" && typeof bits === "number" && /^[0-9a-f]{64}$/.test(String(sha256));
}
