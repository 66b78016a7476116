import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseApiVersion, parseVersionList, standingTo } from "../../../src/judge/facts/api-version.ts";

const standing = (pinned: string, seen: string) => {
  const version = parseApiVersion(seen);
  return version === undefined ? "no version" : standingTo(pinned, version);
};

describe("how a version stands to the pinned one", () => {
  test.each([
    ["2026-03-10", "2022-11-28", "older"],
    ["2022-11-28", "2026-03-10", "newer"],
    ["2026-03-10", "2026-03-11", "newer"],
    ["2026-03-10", "2026-03-10", "same"],
    ["2026-07", "2026-07", "same"],
    ["2026-07", "2026-07-15", "same"],
    ["2026-07", "2026-10", "newer"],
    ["2026-09-30.endive", "2026-09-30", "same"],
    ["2024-01-15", "2024-01-15.1.0-beta", "same"],
    ["2024-01-15.1.0", "2024-01-15.1.0-beta", "another"],
    ["1", "1.7.2", "same"],
    ["1.0", "1", "same"],
    ["v2", "2.0", "same"],
    ["1.9", "1.10", "newer"],
    ["2.0", "1.9", "older"],
    ["1.1", "1", "older"],
    ["1.0", "1.0-rc", "another"],
    ["1.0-RC", "1.0-rc", "same"],
    ["^1.2", "1.3", "same"],
    ["^1.2", "2", "another"],
    ["1.x", "1.4", "same"],
    [">=1 <3", "2.9", "same"],
    ["stable", "stable", "same"],
    ["stable", "beta", "another"],
    ["1", "2026-03-10", undefined],
    ["^1", "2026-03-10", undefined],
    ["1", "stable", undefined],
    ["", "1", undefined],
    ["1", "two words", "no version"],
    ["1", "[opaque]", "no version"],
    ["1", "", "no version"],
  ])("%s, seen %s: %s", (pinned, seen, expected) => {
    expect(standing(pinned, seen)).toBe(expected);
  });
});

test("a list keeps what is a version", () => {
  expect(parseVersionList(' 1.0, "2.0",, 2024-01-15 ,[opaque]').map(({ text }) => text)).toEqual(["1.0", "2.0", "2024-01-15"]);
  expect(parseVersionList(Array.from({ length: 10_000 }, () => "1").join(","))).toHaveLength(100);
});

test("a version is the same as itself, and of two dates or numbers one is older", () => {
  const version = fc.oneof(
    fc.array(fc.nat(999), { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join(".")),
    fc
      .date({ min: new Date("2001-01-01"), max: new Date("2099-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  );
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(standing(a, a)).toBe("same");
      if (standing(a, b) === "older") expect(standing(b, a)).not.toBe("older");
    }),
  );
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => void standing(a, b)));
});
