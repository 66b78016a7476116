import { describe, expect, it } from "vitest";
import { isNamedBeside, waysToCall } from "../../../src/observe/classify/ways-to-call.ts";
import { around, nearIn } from "./detectors/support.ts";

describe("what a value is called", () => {
  const names = (key: string, above: readonly string[], record: Readonly<Record<string, unknown>> = {}) =>
    waysToCall(around(key, above, Object.keys(record)), nearIn(record)).map((called) => called.names.name);

  it.each<[string, string[], string[]]>([
    ["email", ["contact"], ["email"]],
    ["value", ["salary"], ["salary", "value"]],
    ["value", ["versions", "email"], ["email", "value"]],
    ["value", ["history", "email", "user"], ["email", "value"]],
    ["value", ["new", "revisions", "passport_number"], ["passport number", "value"]],
    ["raw", ["previous", "phone"], ["phone", "raw"]],
    ["email", ["versions", "contact"], ["email"]],
    ["value", ["conversions", "email"], ["conversion", "value"]],
    ["value", ["versions"], ["version", "value"]],
    ["value", [], ["value"]],
  ])("is of %s below %j: %j", (key, above, called) => {
    expect(names(key, above)).toEqual(called);
  });

  it("leaves what stands above the name that was found", () => {
    const [called] = waysToCall(around("value", ["versions", "email", "user"]), nearIn({}));
    expect(called?.names).toMatchObject({ name: "email", above: ["user"] });
  });

  it("is what the record says beside it, before what the key above says", () => {
    expect(names("value", ["versions", "field"], { name: "ssn", value: "1" })).toEqual(["ssn", "field", "value"]);
    expect(names("value", ["contacts"], { system: "phone", value: "1" })).toEqual(["phone", "contact", "value"]);
    expect(names("value", ["contacts"], { name: "{{name}}", value: "1" })).toEqual(["contact", "value"]);
    expect(names("value", ["contacts"], { name: "one two three four five", value: "1" })).toEqual(["contact", "value"]);
  });

  it("knows which may be called so by each record", () => {
    const said = waysToCall(around("value", ["fields"], ["name"]), nearIn({ name: "ssn", value: "1" }));
    expect(said.map(({ byRecord }) => byRecord)).toEqual([true, false, false]);
    expect(isNamedBeside(around("current_value"))).toBe(true);
    expect(isNamedBeside(around("email"))).toBe(false);
  });
});
