import { describe, expect, it } from "vitest";
import { routingNumber } from "../../../../../src/observe/classify/detectors/financial/routing-number.ts";
import { asker } from "../support.ts";

const ask = asker(routingNumber);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("routing_number", () => {
  it.each([
    ["021000021", "routing_number", [], []],
    ["601613", "sort_code", [], []],
    ["06-02-01", "sortCode", [], []],
    ["062-001", "bsb_number", [], []],
    ["HDFC0000123", "bankCode", [], []],
    ["YESB0236041", "ifscCode", [], []],
    ["50010517", "blz", [], []],
    ["30000", "transitNumber", [], ["institutionNumber"]],
    ["0412-3", "agencia", ["dadosBancarios"], []],
    ["021000021", "routing", [], []],
    [21000021, "abartn", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["orders.created", "routing_key", [], []],
    ["direct", "routing", [], []],
    ["4410", "branch_code", [], []],
    ["main", "branch", [], []],
    ["rt-1", "routing_table", [], []],
    ["tgw-1", "transit_gateway", [], []],
    ["001", "bank_code", [], []],
    ["12", "sort_code", [], []],
    ["is invalid", "routing_number", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("takes one that fails the checksum, or is too long, for made up", () => {
    expect(ask("123456789", "routing_number")).toMatchObject({ confidence: 0.85, sample: true });
    expect(ask("68899990000000", "routing_number")).toMatchObject({ confidence: 0.8, sample: true });
    expect(ask("021000021", "routing_number")).toMatchObject({ confidence: 0.95, sample: false });
  });

  it("reads the type beside a value", () => {
    expect(ask("028000024", "value", ["routingInformation"], [], { type: "ABA" })).toMatchObject({ own: true });
    expect(ask("028000024", "value", ["routingInformation"], [], { type: "colour" })).toBeUndefined();
  });
});
