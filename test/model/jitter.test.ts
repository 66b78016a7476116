import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/model/digest.ts";
import { HOUR, MINUTE } from "../../src/model/instant.ts";
import { stableDelayMs } from "../../src/model/jitter.ts";

const seeds = Array.from({ length: 4000 }, (_, n) => sha256Hex(String(n)).slice(0, 32));

describe("a stable delay", () => {
  it("is the same for the same history, on every machine and in every version", () => {
    expect(stableDelayMs("00000000000000000000000000000000", HOUR)).toBe(STATED);
  });

  it("stays within its bounds, as whole milliseconds", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 7 * 24 * HOUR }), (seed, longest) => {
        const delay = stableDelayMs(seed, longest);
        expect(Number.isInteger(delay) && delay >= 0 && delay < longest).toBe(true);
      }),
    );
    expect(stableDelayMs("any", 0)).toBe(0);
  });

  it("spreads histories evenly", () => {
    const perMinute = new Map<number, number>();
    for (const seed of seeds) {
      const minute = Math.floor(stableDelayMs(seed, 20 * MINUTE) / MINUTE);
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
    }
    // 200 each; five standard deviations of a binomial count are 69
    expect(perMinute.size).toBe(20);
    for (const count of perMinute.values()) expect(Math.abs(count - 200)).toBeLessThan(69);
  });
});

/** floor(first 48 bits of SHA-256("apirisk/jitter/v1:" and 32 zeros) / 2^48 * 3,600,000) */
const STATED = 1717430;
