import { describe, expect, it } from "vitest";
import { criminalRecord } from "../../../../../src/observe/classify/detectors/special/criminal-record.ts";
import { NOWHERE_NEAR } from "../../../../../src/observe/classify/near.ts";
import { around, asker } from "../support.ts";

const ask = asker(criminalRecord);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("criminal_record", () => {
  it.each([
    ["Misdemeanor theft", "criminal_record", [], []],
    ["Hurto simple, 2009", "antecedentes_penales", [], []],
    ["Petty theft", "offense", ["criminal"], []],
    ["Possession", "charge", ["charges"], ["statute"]],
    ["Convicted", "disposition", ["charges", "criminal_searches"], []],
    ["Driving under the influence", "criminalConvictions", [], []],
    ["felony", "classification", ["offenses"], []],
    ["Class A misdemeanor", "severity", ["charges", "criminal"], []],
    ["Infraction", "level", ["convictions"], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["Freight surcharge", "charge", [], []],
    ["answered", "disposition", [], []],
    ["All good.", "sentence", [], []],
    [14, "offense", [], []],
    ["clear", "criminal_record", [], []],
    ["none", "convictions", [], []],
    ["win", "verdict", [], ["conviction"]],
    ["yes", "criminal_record_required", [], []],
    ["high", "severity", ["offenses"], []],
    ["felony", "severity", ["tickets"], []],
    ["felony", "classification", [], ["court"]],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("takes the truth of a conviction", () => {
    const detect = (key: string) => criminalRecord.detect({ text: "true", type: "boolean", near: NOWHERE_NEAR }, around(key));
    expect(detect("has_criminal_record")).toMatchObject({ confidence: 0.9 });
    expect(detect("criminal_check_passed")).toBeUndefined();
  });
});
