import { dhPrimeByHash } from "../../catalog/dh-primes.ts";

export type DhStrength = "export-grade" | "shared-short" | "short" | "strong";

/**
 * How much a prime is worth. 512 bits were broken in minutes and 768 by academics (Logjam, weakdh.org); the work for one of 1024 bits pays where
 * many servers share it; 2048 bits are required (RFC 9325 section 4.5), and there a shared one is what RFC 7919 recommends.
 */
export function dhStrength(bits: number, prime?: string): DhStrength {
  if (bits >= 2048) return "strong";
  if (!(bits >= 1024)) return "export-grade";
  return prime !== undefined && dhPrimeByHash(prime) !== undefined ? "shared-short" : "short";
}

/** node's word for a finite field: "DH-2048". */
export function finiteFieldBits(group: string | undefined): number | undefined {
  const match = /^DH-(\d{1,5})$/.exec(group ?? "");
  return match === null ? undefined : Number(match[1]);
}
