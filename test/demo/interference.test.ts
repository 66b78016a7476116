import { describe, expect, test } from "vitest";
import type { Interference } from "../../src/demo/conditions.ts";
import { type Fate, fatesOf } from "../../src/demo/interference.ts";

describe("fates", () => {
  test("none is drawn that has no share", () => {
    expect(shares({ reset: 0, stall: 0, tooManyRequests: 0, seed: 3 })).toEqual({ served: 1000 });
    expect(shares({ reset: 1, stall: 0, tooManyRequests: 0, seed: 3 })).toEqual({ reset: 1000 });
    expect(shares({ reset: 0, stall: 1, tooManyRequests: 0, seed: 3 })).toEqual({ stalled: 1000 });
    expect(shares({ reset: 0, stall: 0, tooManyRequests: 1, seed: 3 })).toEqual({ limited: 1000 });
  });

  test("come in their shares", () => {
    const drawn = shares({ reset: 0.1, stall: 0.3, tooManyRequests: 0.2, seed: 11 });
    for (const [fate, expected] of [
      ["reset", 100],
      ["stalled", 300],
      ["limited", 200],
      ["served", 400],
    ] as const) {
      expect(Math.abs((drawn[fate] ?? 0) - expected)).toBeLessThan(50);
    }
  });

  test("are the same for the same seed, and others for another", () => {
    expect(row(5)).toEqual(row(5));
    expect(row(5)).not.toEqual(row(6));
  });
});

function shares(interference: Interference): Partial<Record<Fate, number>> {
  const next = fatesOf(interference);
  const drawn: Partial<Record<Fate, number>> = {};
  for (let index = 0; index < 1000; index += 1) {
    const fate = next();
    drawn[fate] = (drawn[fate] ?? 0) + 1;
  }
  return drawn;
}

function row(seed: number): readonly Fate[] {
  const next = fatesOf({ reset: 0.25, stall: 0.25, tooManyRequests: 0.25, seed });
  return Array.from({ length: 40 }, next);
}
