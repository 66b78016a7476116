import { describe, expect, it } from "vitest";
import type { VerdictRecord } from "../../../src/model/finding.ts";
import type { OutOfSight } from "../../../src/model/history-store.ts";
import { DAY } from "../../../src/model/instant.ts";
import { visibilityEvents } from "../../../src/remember/changes/visibility.ts";
import { NOTHING_KNOWN, passing, unobserved } from "../samples.ts";

const START = Date.UTC(2026, 0, 1, 2);
const gone = unobserved("connect_refused");
const lost = { since: START, audits: 12, lastAt: START + 11 * DAY };
const told = { since: START, audits: 7, lastAt: START + 6 * DAY };

const eventsOf = (outOfSight: OutOfSight | undefined, day: number, seen: boolean | undefined, now: VerdictRecord, before?: VerdictRecord) =>
  visibilityEvents(
    {
      ...(outOfSight === undefined ? {} : { outOfSight }),
      ...(before === undefined ? {} : { baseline: { run: "r", at: START, configurationHash: "00", verdicts: [before] } }),
    },
    { at: START + day * DAY, seen, verdicts: [now] },
  );

describe("an integration that is out of sight", () => {
  it("is told of once, after a week of nights, and once when it is seen again", () => {
    const nights = Array.from({ length: 12 }, (_, night) => {
      const before = night === 0 ? undefined : { since: START, audits: night, lastAt: START + (night - 1) * DAY };
      return eventsOf(before, night, false, gone);
    });
    expect(nights.map((events) => events.map(({ kind }) => kind))).toEqual(
      nights.map((_, night) => (night === 7 ? ["visibility-lost"] : [])),
    );
    expect(eventsOf(lost, 12, true, passing())).toEqual([{ kind: "visibility-regained", cause: "target" }]);
    expect(eventsOf(undefined, 13, true, passing())).toEqual([]);
    expect(visibilityEvents(NOTHING_KNOWN, { at: START, seen: false, verdicts: [] })).toEqual([]);
  });

  it("for some nights, or in a run that had nothing to ask, is no news", () => {
    expect(eventsOf({ since: START, audits: 3, lastAt: START + 2 * DAY }, 3, true, passing())).toEqual([]);
    expect(eventsOf({ since: START, audits: 40, lastAt: START + DAY }, 8, undefined, gone)).toEqual([]);
  });

  it("twice in a week is not often enough", () => {
    expect(eventsOf({ since: START, audits: 1, lastAt: START }, 30, false, gone)).toEqual([]);
  });

  it("is blamed on whom its findings would be blamed on: another owner excuses no provider, another address does", () => {
    const causeOf = (before: VerdictRecord, now: VerdictRecord) => eventsOf(told, 7, false, now, before)[0]?.cause;
    expect(causeOf(passing(), gone)).toBe("target");
    expect(causeOf(passing(), unobserved("connect_refused", { config: "another" }))).toBe("config");
    expect(causeOf(passing(), unobserved("connect_refused", { tool: "another" }))).toBe("tool");
    expect(causeOf(passing(), unobserved("proxy_unreachable"))).toBe("tool");
  });
});
