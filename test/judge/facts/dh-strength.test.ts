import { expect, test } from "vitest";
import { dhPrimes } from "../../../src/catalog/dh-primes.ts";
import { dhStrength, finiteFieldBits } from "../../../src/judge/facts/dh-strength.ts";

test("a prime is worth its bits, and less where it is shared", () => {
  const [shared] = dhPrimes().filter(({ bits }) => bits === 1024);
  expect([0, 1023, 1024, 2047, 2048].map((bits) => dhStrength(bits))).toEqual(["export-grade", "export-grade", "short", "short", "strong"]);
  expect(dhStrength(1024, shared?.sha256)).toBe("shared-short");
  expect(dhStrength(Number.NaN)).toBe("export-grade");
});

test("a shared prime of 2048 bits is no weakness", () => {
  for (const { bits, sha256 } of dhPrimes().filter((prime) => prime.bits >= 2048)) expect(dhStrength(bits, sha256)).toBe("strong");
});

test("only node's word for a finite field has bits", () => {
  expect(["DH-2048", "DH-0", "x25519", "DH-", "DH-123456", " DH-1024", undefined].map(finiteFieldBits)).toEqual([
    2048,
    0,
    ...Array.from({ length: 5 }, () => undefined),
  ]);
});
