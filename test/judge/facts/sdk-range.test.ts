import { describe, expect, test } from "vitest";
import { isInRange } from "../../../src/judge/facts/sdk-range.ts";

describe("whether a version is in a range", () => {
  test.each<readonly [ecosystem: string, range: string, version: string, expected: boolean | undefined]>([
    ["npm", "^4", "4.1.0", true],
    ["npm", ">=3 <5 || 7.x", "7.2.1", true],
    ["npm", "~4.1", "4.2.0", false],
    ["npm", "^4", "5.0.0-rc.1", false],
    ["npm", "<5", "5.0.0-rc.1", false],
    ["npm", "<5.0.0", "5.0.0-rc.1", false],
    ["npm", ">=4.0.0 <5.0.0", "5.0.0-0", false],
    ["npm", "<5.0.0", "4.9.9-rc.1", true],
    ["npm", "<5.0.0", "4.9.9", true],
    ["npm", "<5.0.1", "5.0.0-rc.1", true],
    ["npm", "<=5.0.0", "5.0.0-rc.1", true],
    ["npm", "<5.0.0-rc.2", "5.0.0-rc.1", true],
    ["npm", "<5.0.0-rc.1", "5.0.0-rc.2", false],
    ["npm", "<5.0.0 || 5.0.0-rc.1", "5.0.0-rc.1", true],
    ["npm", "4.0.0 - 5.0.0", "5.0.0-rc.1", true],
    ["npm", "*", "5.0.0-rc.1", true],
    ["npm", "*", "0.0.1", true],
    ["npm", "latest", "4.1.0", undefined],
    ["npm", " ", "4.1.0", undefined],
    ["npm", "^4", "4.1", undefined],
    ["go", "^4", "v4.1.0", true],
    ["go", ">=2", "v2.0.0+incompatible", true],
    ["go", "<4.9.3", "v4.9.3-0.20260101000000-abcdef123456", true],
    ["go", "<5.0.0", "v5.0.0-20260101000000-abcdef123456", false],
    ["go", "<5.0.0", "v5.0.0-rc.1.0.20260101000000-abcdef123456", false],
    ["go", "<4.9.3", "v4.9.4-0.20260101000000-abcdef123456", false],
    ["go", "^1", "v0.0.0-20260101000000-abcdef123456", false],
    ["pypi", "~=4.1", "4.9", true],
    ["pypi", "~=4.1", "5.0", false],
    ["pypi", "~=4.1.2", "4.2.0", false],
    ["pypi", ">=4,<5", "4.9.9.post1", true],
    ["pypi", ">=4, <5", "5.0rc1", false],
    ["pypi", ">= 4 , < 5", "4.0", true],
    ["pypi", "==4.1", "4.1.0", true],
    ["pypi", "==4.*", "4.7", true],
    ["pypi", "!=4.1.*", "4.1.7", false],
    ["pypi", "!=4.1.*", "4.2", true],
    ["pypi", "^4.1", "4.9", true],
    ["pypi", "~4.1", "4.2", false],
    ["pypi", "^0.3", "0.4", false],
    ["pypi", "^0.0.3", "0.0.4", false],
    ["pypi", ">=4", "4.0b1", false],
    ["pypi", ">4.0b1", "4.0b2", undefined],
    ["pypi", "==4.0b1", "4.0.b1", true],
    ["pypi", ">=4", "1!2.0", true],
    ["pypi", "4.x", "4.0rc1", true],
    ["pypi", "*", "4.0", true],
    ["pypi", ">=four", "4.0", undefined],
    ["pypi", ">=4,", "4.0", undefined],
    ["pypi", ">=4", "4.0-nightly", undefined],
    ["pypi", ">=4", "4.0+ubuntu.1", true],
    ["pypi", ">4.*", "5.0", undefined],
    ["packagist", "~4.1", "4.9.0", true],
    ["packagist", "~4.1.2", "4.2.0", false],
    ["packagist", "^3 || ^4", "v4.1.0", true],
    ["packagist", "^3|^4", "5.0.0", false],
    ["packagist", ">=4 <5", "4.1.0.0", true],
    ["packagist", "1.0 - 2.0", "1.5", undefined],
    ["packagist", "^4@beta", "4.1.0", undefined],
    ["rubygems", "~> 4.1", "4.9.0", true],
    ["rubygems", "~> 4.1.0", "4.2.0", false],
    ["rubygems", "~> 4", "4.9", true],
    ["rubygems", ">= 4, != 4.3", "4.3.0", false],
    ["rubygems", "~> 4.1", "5.0.0.beta1", false],
    ["cargo", "^4", "4.1.0", undefined],
    ["__proto__", "^4", "4.1.0", undefined],
  ])("%s: %s and %s", (ecosystem, range, version, expected) => {
    expect(isInRange(ecosystem, range, version)).toBe(expected);
  });

  test.each([">".repeat(200), "4".repeat(200), ".*".repeat(100), `>=${"4.".repeat(99)}`, "\u0000", `${"a-".repeat(100)}!`])(
    "what cannot be read is unknown: %j",
    (hostile) => {
      for (const ecosystem of ["npm", "go", "pypi", "packagist", "rubygems"]) {
        expect(isInRange(ecosystem, hostile, "4.1.0") ?? false).toBe(false);
        expect(isInRange(ecosystem, ">=4", `4.0a${hostile}`) ?? false).toBe(false);
      }
    },
  );
});
