import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { expectationText } from "../../src/inventory/expectation-text.ts";
import type { Proposal } from "../../src/model/proposal.ts";

const why = () => "tells who somebody is";
const PROPOSAL: Proposal = {
  integration: "acme",
  endpoints: [
    {
      id: "list",
      fields: [
        { path: "$.data[].id", classes: [] },
        { path: "$.data[].mail", classes: [{ class: "email", masked: false }] },
        { path: "$.key", classes: [{ class: "api_key", masked: false }], secret: true },
        { path: "$.pan", classes: [{ class: "payment_card", masked: true }] },
      ],
      classes: ["email"],
      maxRecords: 10,
    },
    { id: "gone", reason: "not_found", fields: [], classes: [] },
  ],
};

describe("proposals as text", () => {
  it("are a part of an inventory, with comments where something is sensitive", () => {
    expect(
      expectationText([PROPOSAL], why),
    ).toBe(`# What the endpoints sent, as expect blocks for apirisk.yaml. Nobody has said yet that it is needed:
# take out what your code does not read, and look at every line with a comment twice.

integrations:
  - id: acme
    endpoints:
      - id: list
        expect:
          maxRecords: 10
          fields:
            - $.data[].id
            - $.data[].mail # email: tells who somebody is
            - $.pan # payment_card, masked: tells who somebody is
            # not proposed: $.key holds api_key
          classes: [ email ]
      - id: gone
        # nothing to propose: not_found
`);
  });

  it("say what a place stands for, and what could not be written", () => {
    const fields = [
      { path: "$.data.*", classes: [{ class: "email" as const, masked: false }], standsFor: 4812 },
      { path: `$.${"x".repeat(600)}`, classes: [], unwritable: true as const },
    ];
    const text = expectationText([{ integration: "a", endpoints: [{ id: "e", fields, classes: [] }] }], why);
    expect(text).toContain(
      "- $.data.* # stands for 4812 fields, too many or too long for a list: narrow it; email: tells who somebody is\n",
    );
    expect(text).toMatch(/# not proposed: \$\.x{78}\.\.\. is longer than an inventory takes, or cannot be written\n/);
  });

  it("say what they mean, whatever a path holds", () => {
    const path = fc.string({ unit: fc.constantFrom(..."$.[]{}'\"#: -&*!|>%@`ab\\,?") }).map((text) => `$['${text}']`);
    fc.assert(
      fc.property(fc.array(path, { maxLength: 5 }), fc.boolean(), (paths, secret) => {
        const fields = paths.map((one) => ({
          path: one,
          classes: [{ class: "email" as const, masked: false }],
          ...(secret && { secret: true as const }),
        }));
        const text = expectationText([{ integration: "a", endpoints: [{ id: "e", fields, classes: [] }] }], why);
        expect(parse(text)).toEqual({
          integrations: [{ id: "a", endpoints: [{ id: "e", expect: { fields: secret ? [] : paths } }] }],
        });
      }),
    );
  });
});
