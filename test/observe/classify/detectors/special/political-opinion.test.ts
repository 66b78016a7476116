import { describe, expect, it } from "vitest";
import { politicalOpinion } from "../../../../../src/observe/classify/detectors/special/political-opinion.ts";
import { asker } from "../support.ts";

const ask = asker(politicalOpinion);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("political_opinion", () => {
  it.each([
    ["Green Party", "political_party", [], []],
    ["Liberal", "politicalViews", [], []],
    ["Independent", "party_affiliation", [], []],
    ["peronista", "opinion_politica", [], []],
    ["PV", "filiacaoPartidaria", [], []],
    ["Labour", "affiliation", ["politics"], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["Fabrikam", "third_party", [], []],
    ["Contoso", "party", [], []],
    ["University of Bergen", "affiliation", [], []],
    ["allowed", "political_ads", [], []],
    ["unknown", "political_party", [], []],
    [4, "party_affiliation", [], []],
    ["string", "political_views", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
