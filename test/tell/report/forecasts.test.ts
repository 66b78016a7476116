import { describe, expect, it } from "vitest";
import type { RenewalForecast } from "../../../src/model/forecast.ts";
import { DAY, HOUR } from "../../../src/model/instant.ts";
import { durationWords, forecastWords, renewalCell, sharedFateWords, survivalWords } from "../../../src/tell/report/forecasts.ts";

const END = Date.UTC(2026, 11, 5);

const renewal: RenewalForecast = {
  question: "renewal",
  n: 8,
  confidence: "medium",
  origin: "https://a.example",
  keyType: "ec",
  issuer: "CN=R3",
  sha256: "ab",
  notBefore: END - 90 * DAY,
  notAfter: END,
  seenAt: END - 12 * DAY,
  left: 12 * DAY,
  uncertain: 0,
  standing: "late",
  lateBy: 18 * DAY,
  habit: {
    lead: { value: 30 * DAY, low: 29 * DAY, high: 31 * DAY },
    share: { value: 1 / 3, low: 0.32, high: 0.34 },
    deviation: 0.01,
    tolerance: 0.03,
  },
};

describe("forecasts in words", () => {
  it("a late renewal says what is usual, on how many it rests, and by how much it is late", () => {
    expect(forecastWords(renewal)).toBe(
      "https://a.example: the certificate (ec, by CN=R3) ends in 12 d, on 2026-12-05T00:00:00Z. " +
        "Usually renewed 30 d (29 d to 31 d) before the end (n 8, confidence medium). 18 d later than usual.",
    );
    expect(renewalCell(renewal)).toBe("in 12 d: 18 d late");
  });

  it("nothing left is said, and so is what is past", () => {
    const { lateBy: _late, ...onTime } = renewal;
    expect(renewalCell({ ...onTime, standing: "ended", left: 0 })).toBe("ended 0 min ago");
    expect(renewalCell({ ...onTime, standing: "ended", left: -3 * DAY })).toBe("ended 3 d ago");
    expect(renewalCell({ ...onTime, standing: "due", left: 5 * HOUR })).toBe("in 5 h");
  });

  it("no habit is no habit: with n, with what was not seen closely, with what is common elsewhere", () => {
    const { habit: _habit, lateBy: _late, ...young } = renewal;
    const words = forecastWords({
      ...young,
      n: 2,
      confidence: "none",
      uncertain: 1,
      standing: "unknown",
      prior: { share: 1 / 3, lead: 30 * DAY },
    });
    expect(words).toContain(
      "No habit yet (n 2); 1 renewal was not seen closely enough to count. Such certificates are often renewed when 30 d are left.",
    );
  });

  it("what was not seen lately is not judged", () => {
    const { lateBy: _late, ...unseen } = renewal;
    expect(forecastWords({ ...unseen, standing: "unseen" })).toContain("whether it was renewed since is not known");
    expect(renewalCell({ ...unseen, standing: "unseen" })).toBe("2026-12-05?");
  });

  it("a chance carries its interval and what it rests on", () => {
    const survival = {
      question: "survival",
      n: 10,
      confidence: "medium",
      integration: "a",
      origin: "https://a.example",
      sha256: "ab",
      issuer: "CN=R3",
      notAfter: END,
      left: 12 * DAY,
      basis: "issuer",
      missed: 1,
    } as const;
    expect(survivalWords({ ...survival, chance: { value: 0.1364, low: 0.018, high: 0.404 } })).toBe(
      "the certificate ends in 12 d; chance that it is not renewed in time: 14 % (2 % to 40 %); " +
        "10 certificates of the same issuer came as close to their end, 1 of them reached it (n 10, confidence medium).",
    );
    expect(survivalWords({ ...survival, n: 0, missed: 0 })).toContain("too few came as close to their end to say more (n 0)");
    expect(survivalWords({ ...survival, left: -HOUR })).toBe("the certificate ended 60 min ago and is still served.");
  });

  it("every other question has a sentence with its n", () => {
    const sentences = [
      forecastWords({
        question: "renewal-manner",
        n: 6,
        confidence: "medium",
        origin: "https://a.example",
        keyType: "ec",
        manner: "manual",
        signals: { deviation: 0.1, range: 0.3, weekdays: 1 },
      }),
      forecastWords({ question: "recurrence", n: 1, confidence: "none", undated: 2, observedMs: 40 * DAY }),
      forecastWords({ question: "repair", n: 4, confidence: "low", severity: "high", censored: 3, moreThan: 90 * DAY }),
      forecastWords({
        question: "drift",
        n: 6,
        confidence: "medium",
        what: "headers",
        undated: 0,
        observedMs: 400 * DAY,
        perQuarter: { value: 1.4, low: 0.5, high: 3 },
      }),
      forecastWords({
        question: "end",
        n: 2,
        confidence: "medium",
        place: "list",
        signal: "sunset",
        date: END,
        left: 3 * DAY,
        announcedAt: END - 90 * DAY,
        standing: false,
        moved: [{ date: END - 9 * DAY, announcedAt: END - 200 * DAY }],
      }),
    ];
    for (const sentence of sentences) expect(sentence).toMatch(/n \d/);
    expect(sentences[0]).toContain("manual, which is a risk");
    expect(sentences[1]).toBe("The provider got worse in 1 run in 40 d of sight (and 2 times while nobody looked): no habit yet (n 1).");
    expect(sentences[2]).toContain("after more than 90 d");
    expect(sentences[3]).toContain("The response headers change 1.4 (0.5 to 3.0) times a quarter");
    expect(sentences[4]).toBe(
      "list: sunset on 2026-12-05, in 3 d; first announced 2026-09-06 (n 2). Announced before: 2026-11-26. It is no longer announced.",
    );
  });

  it("a shared fate names who and why", () => {
    const fate = {
      question: "shared-fate",
      n: 2,
      confidence: "high",
      week: END,
      ties: [{ tie: "leaf", name: "ab".repeat(32) }],
      integrations: ["a", "b"],
    } as const;
    expect(sharedFateWords(fate)).toBe("week of 2026-12-05: 2 certificates end together: a and b; the same certificate abababababab");
  });

  it("durations are rounded down", () => {
    expect([2 * DAY, 2 * DAY - 1, 2 * HOUR - 1, 0].map(durationWords)).toEqual(["2 d", "47 h", "119 min", "0 min"]);
  });
});
