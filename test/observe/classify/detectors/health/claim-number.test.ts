import { describe, expect, it } from "vitest";
import { claimNumber } from "../../../../../src/observe/classify/detectors/health/claim-number.ts";
import { asker } from "../support.ts";

const ask = asker(claimNumber);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("claim_number", () => {
  it.each([
    ["2026041900871", "claimNumber", [], []],
    ["CLP0099188221", "PayerClaimControlNumber", [], []],
    ["SN-2026-118822", "schadennummer", [], []],
    ["CL-4410", "claimId", ["claims"], ["diagnosisCode"]],
    ["CL-4410", "number", ["claim"], ["policyNumber"]],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["c12", "claim_id", ["token"], []],
    ["groups", "claim_type", [], []],
    ["email", "claim", [], []],
    ["none", "claim_number", [], []],
    ["44", "number", ["claim"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
