import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { opaqueFacts } from "../../../src/observe/classify/opaque-token.ts";

describe("how much chance can be in a token", () => {
  it.each([
    ["", 0, "unknown"],
    ["0", 3, "unknown"],
    ["847261908374", 39, "unknown"],
    ["9f86d081884c7d659a2feaa0c55ad015", 128, "unknown"],
    ["9F86D081884C7D659A2FEAA0C55AD0", 120, "unknown"],
    ["9f86d081884c7d659A2FEAA0C55AD0", 178, "unknown"],
    ["kX9_fQ2-mZ7aLw4RbT8vYc", 132, "unknown"],
    ["correct horse battery staple", 183, "unknown"],
    ["7e8b1c7a-91c4-4d6a-9f0e-2b8a6c1d3e5f", 122, "uuid"],
    ["7e8b1c7a91c44d6a9f0e2b8a6c1d3e5f", 128, "unknown"],
    ["7e8b1c7a-91c4-1d6a-9f0e-2b8a6c1d3e5f", 62, "time-uuid"],
    ["1ec9414c-232a-6b00-b3c8-9f6bdeced846", 62, "time-uuid"],
    ["017f22e2-79b0-7cc3-98c4-dc0c0c07398f", 74, "time-uuid"],
    ["919108f7-52d1-5320-9bac-f847db4148a8", 122, "uuid"],
    ["a".repeat(64), 4, "repeated"],
    ["abcabcabc", 12, "repeated"],
    ["123456789", 3, "repeated"],
    // 30 characters of 62, and 36 of which six follow from them.
    [`ghp_${"aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"}`, 178, "unknown"],
    [`access-production-7e8b1c7a-91c4-4d6a-9f0e-2b8a6c1d3e5f`, 122, "uuid"],
  ])("%s", (token, atMostBits, shape) => {
    expect(opaqueFacts(token)).toMatchObject({ length: token.length, atMostBits, shape });
  });

  it("never says more than the length allows, and nothing of the token itself", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (token) => {
        const facts = opaqueFacts(token);
        expect(facts.atMostBits).toBeLessThanOrEqual(Math.ceil(token.length * Math.log2(95)));
        if (token.trim().length > 8) expect(JSON.stringify(facts)).not.toContain(token);
      }),
    );
  });
});
