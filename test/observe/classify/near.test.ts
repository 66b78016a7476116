import { describe, expect, it } from "vitest";
import { nearIn } from "./detectors/support.ts";

describe("labels under the names of fields", () => {
  it("are sentences", () => {
    const sentences = { ssn: "We need this, please, for taxes.", email: "Where do we write to you?", age: "You must be of age!" };
    expect(nearIn(sentences).isLabels()).toBe(true);
  });

  it("are no values", () => {
    expect(nearIn({ ssn: "078-05-1120", email: "ada@example.com", name: "Ada Lovelace" }).isLabels()).toBe(false);
  });

  it("are told from texts that never end, however they may be split", () => {
    const endless = `A${" ,a,b,c".repeat(30)}`;
    expect(nearIn({ one: endless, two: `B${",".repeat(190)}x`, three: `C${", a".repeat(60)}` }).isLabels()).toBe(false);
  });
});
