import { checkPrimeSync, generateKeyPairSync, generatePrimeSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { rsaWeakness } from "../../src/pki/rsa-weakness.ts";

const prime = (bits: number) => generatePrimeSync(bits, { bigint: true });

describe("the factors of a modulus", () => {
  it("are not found in keys of OpenSSL", () => {
    for (const modulusLength of [1024, 1024, 1024, 2048, 3072]) {
      const { n = "" } = generateKeyPairSync("rsa", { modulusLength }).publicKey.export({ format: "jwk" });
      expect(rsaWeakness(BigInt(`0x${Buffer.from(n, "base64url").toString("hex")}`))).toBeUndefined();
    }
  });

  it.each([2n, 3n, 743n, 751n])("are found where %d is one", (factor) => {
    expect(rsaWeakness(factor * prime(1024) * prime(1024))).toBe("small-factor");
  });

  it("are not looked for from 752 on", () => {
    expect(rsaWeakness(757n * prime(1024) * prime(1024))).toBeUndefined();
  });

  it("are found where both are the same", () => {
    const p = prime(1024);
    expect(rsaWeakness(p * p)).toBe("close-primes");
  });

  // The mean of the primes lies (p - q)² / 8p above the root of their product, and every round goes one further.
  it.each([
    [10n, "close-primes"],
    [90n, "close-primes"],
    [110n, undefined],
  ])("are found where they are about %d rounds apart: %s", (rounds, expected) => {
    const p = prime(1024);
    const q = nextPrime(p + squareRoot(8n * p * rounds));
    expect(rsaWeakness(p * q)).toBe(expected);
  });
});

function nextPrime(from: bigint): bigint {
  let candidate = from | 1n;
  while (!checkPrimeSync(candidate)) candidate += 2n;
  return candidate;
}

function squareRoot(value: bigint): bigint {
  let guess = value;
  for (let next = (guess + 1n) >> 1n; next < guess; next = (guess + value / guess) >> 1n) guess = next;
  return guess;
}
