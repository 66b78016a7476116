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

describe("values below a key", () => {
  it("are sixteen at the most, of lists however long", () => {
    const lists = Array.from({ length: 100 }, (_, at) => [`a${at}`, `b${at}`]);
    expect(nearIn({ coding: lists }).below("coding")).toEqual(Array.from({ length: 8 }, (_, at) => [`a${at}`, `b${at}`]).flat());
  });
});

describe("a record", () => {
  it("holds something besides switches, whenever it is asked", () => {
    for (const [record, is] of [
      [{ on: true, name: "a" }, true],
      [{ on: true, off: null, name: "" }, false],
    ] as const) {
      const near = nearIn(record);
      expect([near.isRecord(), near.isRecord()]).toEqual([is, is]);
    }
  });
});
