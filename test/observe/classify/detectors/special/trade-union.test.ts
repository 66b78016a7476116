import { describe, expect, it } from "vitest";
import { tradeUnion } from "../../../../../src/observe/classify/detectors/special/trade-union.ts";
import { NOWHERE_NEAR } from "../../../../../src/observe/classify/near.ts";
import { around, asker } from "../support.ts";

const ask = asker(tradeUnion);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("trade_union", () => {
  it.each([
    ["true", "union_member", [], []],
    ["ja", "gewerkschaftsmitglied", [], []],
    ["IG Metall", "gewerkschaft", [], []],
    ["UNISON", "tradeUnion", [], []],
    ["SINTTEL-BA", "sindicato", [], []],
    [18.5, "unionDues", [], []],
    ["1199", "union_local", [], ["employee_id"]],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["Harbor Federal", "credit_union", [], []],
    ["oX9-7", "union_id", [], []],
    ["discriminated", "unionType", [], []],
    ["no", "union_member", [], []],
    [0, "unionDues", [], []],
    ["none", "union_name", [], []],
    ["a", "union", [], []],
    ["SearchResult", "unionName", [], ["kind"]],
    ["Gewerkschaft", "tradeUnion", ["labels"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("takes the truth of a membership, and of nothing else", () => {
    const truth = (key: string, above: readonly string[] = []) =>
      tradeUnion.isNamed(around(key, above)) &&
      tradeUnion.detect({ text: "true", type: "boolean", near: NOWHERE_NEAR }, around(key, above)) !== undefined;
    expect(truth("unionMember")).toBe(true);
    expect(truth("is_union_member")).toBe(true);
    expect(truth("tradeUnion")).toBe(false);
    expect(truth("unionMember", ["consents", "privacy"])).toBe(false);
  });
});
