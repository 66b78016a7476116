import { describe, expect, it } from "vitest";
import { nationalId } from "../../../../../src/observe/classify/detectors/personal/national-id.ts";
import { asker } from "../support.ts";

const ask = asker(nationalId);

describe("national_id", () => {
  it.each([["523-45-6781"], ["523 45 6781"], ["523456781"]])("is a social security number by name: %s", (text) => {
    expect(ask(text, "ssn")).toMatchObject({ confidence: 0.96, note: "us_ssn", sample: false });
    expect(ask(text, "socialSecurityNumber")).toMatchObject({ confidence: 0.96, note: "us_ssn", sample: false });
  });

  it("takes the written form without a name, with less trust", () => {
    expect(ask("523-45-6781", "identifier")).toMatchObject({ confidence: 0.65, note: "us_ssn", sample: false });
    expect(ask("523456781", "identifier")).toBeUndefined();
    expect(ask("523-45-6781", "part_no")).toBeUndefined();
  });

  it("gives a JSON number its leading zeros back", () => {
    expect(ask(23456781, "ssn")).toMatchObject({ confidence: 0.96, note: "us_ssn", sample: false });
  });

  it.each(["000-45-6789", "666-45-6789", "923-45-6781", "523-00-6781", "523-45-0000", "523-45-678", "52-345-6781"])(
    "was never given out: %s",
    (text) => {
      expect(ask(text, "ssn")).toBeUndefined();
    },
  );

  it.each(["078-05-1120", "219-09-9999", "123-45-6789"])("marks the published ones: %s", (text) => {
    expect(ask(text, "ssn")).toMatchObject({ sample: true });
  });

  it.each(["ssn_verified", "ssn_last_4", "ssn_type"])("does not ask for one under the name %s", (key) => {
    expect(ask("523456781", key)).toBeUndefined();
  });
});
