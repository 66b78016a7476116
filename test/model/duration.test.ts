import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationText, parseDuration } from "../../src/model/duration.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/model/instant.ts";

describe("durations", () => {
  it.each([
    ["90s", 90 * SECOND],
    ["90m", 90 * MINUTE],
    ["36h", 36 * HOUR],
    ["7d", 7 * DAY],
    ["2w", 14 * DAY],
    ["0m", 0],
  ])("%s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "36", "h", "-1h", "1.5h", "1 h", "1H", "1e3s", "٣h", "1h30m", "1000000s", "1y", "1h\n"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("are written in the largest unit that keeps them", () => {
    expect([36 * HOUR, 48 * HOUR, 90 * SECOND, 0, 45 * MINUTE, 1999].map(durationText)).toEqual(["36h", "2d", "90s", "0s", "45m", "1s"]);
  });

  it("come back from their text", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (seconds) => parseDuration(durationText(seconds * SECOND)) === seconds * SECOND),
    );
  });
});
