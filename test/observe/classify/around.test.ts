import { describe, expect, it } from "vitest";
import { hasBeside } from "../../../src/observe/classify/around.ts";

describe("names beside a value", () => {
  it("are asked again where a later piece of the body brought more", () => {
    const beside = new Set(["number", "cvv"]);
    const surroundings = { name: "number", above: [], beside };
    expect(hasBeside(surroundings, EXPIRY)).toBe(false);
    beside.add("expiry month");
    expect(hasBeside(surroundings, EXPIRY)).toBe(true);
  });
});

const EXPIRY = /\bexpiry\b/;
