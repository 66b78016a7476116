import { describe, expect, it } from "vitest";
import { nationality } from "../../../../../src/observe/classify/detectors/personal/nationality.ts";
import { personName } from "../../../../../src/observe/classify/detectors/personal/person-name.ts";
import { underValue } from "../../../../../src/observe/classify/detectors/personal/under-value.ts";
import { around, asker } from "../support.ts";

describe("a detector that asks the key above a value", () => {
  it("reads fields that are objects", () => {
    const record = { label: "First name", type: "standard" };
    expect(asker(underValue(personName))("Leonhard", "value", ["first_name"], [], record)).toMatchObject({ confidence: 0.97 });
    expect(asker(underValue(personName))("First name", "label", ["first_name"], [], record)).toBeUndefined();
  });

  it("asks for a name there only where the detector needs one", () => {
    const named = underValue(nationality);
    expect(named.isNamed(around("value", ["nationality"]))).toBe(true);
    expect(named.isNamed(around("value", ["price"]))).toBe(false);
    expect(asker(named)("PRT", "value", ["nationality"])).toMatchObject({ confidence: 0.93 });
    expect(asker(named)("EUR", "value", ["price"])).toBeUndefined();
  });
});
