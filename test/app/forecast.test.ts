import { describe, expect, it } from "vitest";
import { integrationForecast, needsFleet } from "../../src/app/forecast.ts";
import { MILESTONE } from "../../src/app/milestones.ts";
import { canonicalJson } from "../../src/model/digest.ts";
import type { IntegrationForecast } from "../../src/model/forecast.ts";
import type { IntegrationHistory, MilestoneRecord } from "../../src/model/history-store.ts";
import { DAY } from "../../src/model/instant.ts";
import { ACME, NOON } from "../remember/samples.ts";

const START = NOON - 400 * DAY;

describe("forecasts of an integration, from what the store keeps", () => {
  it("a path with personal data that came later, and not what came with our own upgrade or request", () => {
    const milestones = [
      mark(MILESTONE.path, "$.id", 0),
      mark(MILESTONE.path, "$.user.email", 300),
      mark(MILESTONE.class, "email $.user.email", 300),
      mark(MILESTONE.class, "phone $.tel", 200),
      mark(MILESTONE.class, "custom/member $.member", 300),
      mark(MILESTONE.class, "email $.mail", 250),
      mark(MILESTONE.answer, "digest", 0),
      mark(MILESTONE.answer, "another", 250),
    ];
    const history = aHistory({ milestones, toolChanges: [{ at: START + 200 * DAY, run: "r", tool: true, toolVersion: "2" }] });
    const creep = ofKind(integrationForecast(history, [], NOON), "oversharing");
    expect(creep?.sensitive.map(({ path, seenBefore }) => [path, seenBefore])).toEqual([["$.user.email", START + 299 * DAY]]);
  });

  it("an announced end, standing as long as the endpoint still says so", () => {
    const end = { ...mark(MILESTONE.end, "sunset", 100, { signal: "sunset", date: NOON + 50 * DAY }), lastAt: START + 300 * DAY };
    const standing = (answeredAt: number) => {
      const milestones = [end, { ...mark(MILESTONE.answer, "digest", 0), lastAt: answeredAt }];
      return ofKind(integrationForecast(aHistory({ milestones }), [], NOON), "end");
    };
    expect(standing(START + 300 * DAY)).toMatchObject({ left: 50 * DAY, standing: true, n: 1 });
    expect(standing(NOON)).toMatchObject({ standing: false });
  });

  it("reads severities of events, and asks the fleet only where a certificate ends soon without precedent", () => {
    const events = [0, 1, 2].flatMap((index) => [
      {
        at: START + index * DAY,
        run: `a${index}`,
        kind: "opened",
        cause: "target",
        fingerprint: `f${index}`,
        detail: '{"after":{"severity":"low"}}',
      },
      {
        at: START + (index + 4) * DAY,
        run: `b${index}`,
        kind: "resolved",
        cause: "target",
        fingerprint: `f${index}`,
        detail: '{"after":{}}',
      },
    ]);
    expect(ofKind(integrationForecast(aHistory({ events }), [], NOON), "repair")).toMatchObject({ severity: "low", n: 3, median: 4 * DAY });
    const detail = { issuer: "CN=R3", keyType: "ec", notBefore: NOON - 80 * DAY, notAfter: NOON + 10 * DAY, trusted: true };
    const soon = { ...mark(MILESTONE.certificate, "leaf", 0, detail), place: "https://a.example" };
    expect(needsFleet(aHistory({ milestones: [soon] }), NOON)).toBe(true);
    expect(needsFleet(aHistory({ milestones: [soon] }), NOON - 40 * DAY)).toBe(false);
  });

  it("says of nothing that was never seen more than that there is no habit", () => {
    expect(integrationForecast(aHistory({ audits: [] }), [], NOON)).toMatchObject([{ question: "recurrence", n: 0, confidence: "none" }]);
  });
});

function aHistory(over: Partial<IntegrationHistory>): IntegrationHistory {
  const audits = Array.from({ length: 401 }, (_, day) => ({ at: START + day * DAY, visibility: "observed" as const, score: 50 }));
  return {
    uid: ACME.uid,
    id: ACME.id,
    name: ACME.name,
    criticality: ACME.criticality,
    firstSeenAt: START,
    vantage: "local",
    audits,
    toolChanges: [],
    events: [],
    verdicts: [],
    milestones: [],
    ...over,
  };
}

function mark(kind: string, text: string, day: number, detail?: object): MilestoneRecord {
  return {
    kind,
    place: "list",
    mark: text,
    firstAt: START + day * DAY,
    lastAt: NOON,
    ...(day === 0 ? {} : { seenBefore: START + (day - 1) * DAY }),
    ...(detail === undefined ? {} : { detail: canonicalJson(detail) }),
  };
}

function ofKind<K extends IntegrationForecast["question"]>(forecasts: readonly IntegrationForecast[], question: K) {
  return forecasts.find((forecast): forecast is Extract<IntegrationForecast, { question: K }> => forecast.question === question);
}
