import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dueDaysOf, integrationBand, integrationScore, type RiskInput, riskOf } from "../../../src/judge/risk/score.ts";
import { CRITICALITIES, type Criticality, type Integration } from "../../../src/model/integration.ts";
import { BANDS } from "../../../src/model/report.ts";
import { SEVERITIES } from "../../../src/model/severity.ts";
import { anIntegration } from "../builders.ts";

const risk = (
  finding: Partial<Omit<RiskInput, "meta">> & { likelihood?: number; id?: string } = {},
  integration: Partial<Integration> = {},
) => {
  const { likelihood = 3, id = "header/test", ...rest } = finding;
  return riskOf({ meta: { id, likelihood }, severity: "high", confidence: 1, ...rest }, anIntegration(integration));
};
const IMPACTS: readonly Criticality[] = CRITICALITIES;

describe("the matrix", () => {
  test.each([
    [1, [5, 10, 15, 25, 40], ["very-low", "very-low", "low", "low", "medium"]],
    [2, [8, 20, 30, 45, 55], ["very-low", "low", "low", "medium", "medium"]],
    [3, [10, 30, 50, 65, 80], ["very-low", "low", "medium", "high", "high"]],
    [4, [20, 40, 60, 75, 90], ["low", "medium", "high", "high", "critical"]],
    [5, [25, 45, 65, 85, 100], ["low", "medium", "high", "critical", "critical"]],
  ])("likelihood %i", (likelihood, scores, bands) => {
    const cells = IMPACTS.map((criticality) => risk({ likelihood }, { criticality }));
    expect(cells.map(({ score }) => score)).toEqual(scores);
    expect(cells.map(({ band }) => band)).toEqual(bands);
    expect(cells.map(({ impact }) => impact)).toEqual([1, 2, 3, 4, 5]);
    expect(cells.every((cell) => cell.likelihood === likelihood)).toBe(true);
  });

  test("never gets milder when likelihood, criticality or severity rise", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.nat({ max: 4 }), fc.nat({ max: 4 }), (likelihood, impact, severity) => {
        const score = (l: number, i: number, s: number) =>
          risk({ likelihood: l, severity: SEVERITIES[s] ?? "info" }, { criticality: IMPACTS[i] ?? "low" }).score;
        const here = score(likelihood, impact, severity);
        expect(here).toBeLessThanOrEqual(score(Math.min(5, likelihood + 1), impact, severity));
        expect(here).toBeLessThanOrEqual(score(likelihood, Math.min(4, impact + 1), severity));
        expect(here).toBeLessThanOrEqual(score(likelihood, impact, Math.max(0, severity - 1)));
      }),
    );
  });
});

describe("likelihood", () => {
  const of = (...input: Parameters<typeof risk>) => risk(...input).likelihood;

  test("rises over http, but not for the rule that says so", () => {
    expect(of({}, { baseUrl: "http://api.acme.example" })).toBe(4);
    expect(of({ id: "auth/credential-over-http" }, { baseUrl: "http://api.acme.example" })).toBe(3);
  });

  test("falls behind a second barrier", () => {
    expect(of({}, { auth: { scheme: "mtls", neededScopes: [] } })).toBe(2);
    expect(of({}, { auth: { scheme: "ip-allow-list", neededScopes: [] } })).toBe(2);
    expect(of({}, { auth: { scheme: "bearer", neededScopes: [] } })).toBe(3);
  });

  test("falls where we are not sure", () => {
    expect(of({ confidence: 0.49 })).toBe(2);
    expect(of({ confidence: 0.5 })).toBe(3);
  });

  test("stays between 1 and 5", () => {
    expect(of({ likelihood: 5 }, { baseUrl: "http://api.acme.example" })).toBe(5);
    expect(of({ likelihood: 1, confidence: 0 }, { auth: { scheme: "mtls", neededScopes: [] } })).toBe(1);
  });
});

describe("impact", () => {
  const of = (...input: Parameters<typeof risk>) => risk(...input).impact;

  test("is the greater of what stops and what is lost", () => {
    expect(of({}, { criticality: "low" })).toBe(2);
    expect(of({}, { criticality: "low", dataClasses: ["free_text", "email"] })).toBe(4);
    expect(of({}, { criticality: "low", dataClasses: ["payment_card", "email"] })).toBe(5);
    expect(of({}, { criticality: "critical", dataClasses: ["email"] })).toBe(5);
    expect(of({ dataClass: "private_key" }, { criticality: "experimental" })).toBe(5);
  });

  test("is less outside production, and never nothing", () => {
    expect(of({}, { environment: "staging" })).toBe(3);
    expect(of({}, { environment: "staging", criticality: "experimental" })).toBe(1);
  });
});

describe("severity bounds what weight can make of a finding", () => {
  const worst = { criticality: "critical" } as const;

  test.each([
    ["info", 30, "low"],
    ["low", 55, "medium"],
    ["medium", 100, "critical"],
    ["high", 100, "critical"],
    ["critical", 100, "critical"],
  ] as const)("%s: at most %i", (severity, score, band) => {
    expect(risk({ severity, likelihood: 5 }, worst)).toMatchObject({ score, band });
  });

  test("critical is never below medium in production", () => {
    const least = { severity: "critical", likelihood: 1 } as const;
    expect(risk(least, { criticality: "experimental" })).toMatchObject({ score: 40, band: "medium" });
    expect(risk(least, { criticality: "experimental", environment: "staging" })).toMatchObject({ score: 5, band: "very-low" });
  });
});

describe("what follows", () => {
  test("every step is printed", () => {
    expect(risk({}, { baseUrl: "http://api.acme.example", criticality: "critical", dataClasses: ["payment_card"] }).vector).toBe(
      "L:4(base 3 +1 http)/I:5(crit critical 5, data payment_card 5)/S:high -> 90 critical",
    );
    expect(risk({ confidence: 0.4, severity: "low" }, { environment: "staging", auth: { scheme: "mtls", neededScopes: [] } }).vector).toBe(
      "L:1(base 3 -1 compensating mtls -1 low confidence)/I:3(crit high 4, data none 1, -1 not production)/S:low -> 15 low",
    );
  });

  test("an action for every band, and a date for all but the last", () => {
    const actions = [5, 4, 3, 3, 1].map((likelihood, index) => risk({ likelihood }, { criticality: IMPACTS[4 - index] ?? "low" }));
    expect(actions.map(({ band, action }) => [band, action])).toEqual([
      ["critical", "immediate"],
      ["high", "out-of-cycle"],
      ["medium", "scheduled"],
      ["low", "next review"],
      ["very-low", "note"],
    ]);
    expect(BANDS.map(dueDaysOf)).toEqual([7, 30, 90, 180, undefined]);
  });
});

describe("an integration", () => {
  const found = (...scores: readonly number[]) => scores.map((score) => ({ score }));

  test("is as good as its worst finding", () => {
    expect(integrationScore(found(20, 75, 40), 1)).toBe(25);
    expect(integrationScore([], 1)).toBe(100);
    expect(integrationBand(found(20, 75, 40), 1)).toBe("high");
    expect(integrationBand([], 1)).toBe("very-low");
  });

  test("has no score where too little was seen to call it good", () => {
    expect(integrationScore([], 0.79)).toBeNull();
    expect(integrationScore([], null)).toBeNull();
    expect(integrationScore([], 0.8)).toBe(100);
    expect(integrationScore(found(75), null)).toBe(25);
  });

  test("has no band below the coverage that one needs", () => {
    expect(integrationBand(found(75), 0.8)).toBe("high");
    expect(integrationBand(found(75), 0.799)).toBeNull();
    expect(integrationBand(found(75), null)).toBeNull();
  });
});
