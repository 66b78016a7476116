import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/model/instant.ts";
import { visibilityEvents } from "../../../src/remember/changes/visibility.ts";

const START = Date.UTC(2026, 0, 1, 2);
const cause = "target";

describe("an integration that is out of sight", () => {
  it("is told of once, after a week of nights, and once when it is seen again", () => {
    const nights = Array.from({ length: 12 }, (_, night) => {
      const before = night === 0 ? undefined : { since: START, audits: night, lastAt: START + (night - 1) * DAY };
      return visibilityEvents(before, { at: START + night * DAY, seen: false, cause });
    });
    expect(nights.map((events) => events.map(({ kind }) => kind))).toEqual(
      nights.map((_, night) => (night === 7 ? ["visibility-lost"] : [])),
    );
    const lost = { since: START, audits: 12, lastAt: START + 11 * DAY };
    expect(visibilityEvents(lost, { at: START + 12 * DAY, seen: true, cause })).toEqual([{ kind: "visibility-regained", cause }]);
    expect(visibilityEvents(undefined, { at: START + 13 * DAY, seen: true, cause })).toEqual([]);
  });

  it("for some nights, or in a run that had nothing to ask, is no news", () => {
    const short = { since: START, audits: 3, lastAt: START + 2 * DAY };
    expect(visibilityEvents(short, { at: START + 3 * DAY, seen: true, cause })).toEqual([]);
    expect(visibilityEvents({ since: START, audits: 40, lastAt: START + DAY }, { at: START + 8 * DAY, seen: undefined, cause })).toEqual(
      [],
    );
  });

  it("twice in a week is not often enough", () => {
    const twice = { since: START, audits: 1, lastAt: START };
    expect(visibilityEvents(twice, { at: START + 30 * DAY, seen: false, cause })).toEqual([]);
  });
});
