import { expect, test } from "vitest";
import { judge } from "../../../../src/judge/rules/engine.ts";
import { noOwner } from "../../../../src/judge/rules/inventory/no-owner.ts";
import { anIntegration, NOW } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const { owner: _owner, ...nobodys } = anIntegration();

describeRule(
  noOwner,
  {
    pass: [{ name: "a team", expect: [["", "owned"]] }],
    fail: [{ name: "an empty name", integration: { owner: "" }, expect: [["", "nobody-named", "low"]] }],
    "not-applicable": [{ name: "an ad hoc target", integration: { adHoc: true, owner: "" }, expect: [["", "ad-hoc"]] }],
    // What stands in the inventory can always be read.
    unobserved: [
      {
        name: "a subject that this rule never had",
        known: ["owner"],
        expect: [
          ["", "owned"],
          ["owner", "unobserved", "evidence_missing"],
        ],
      },
    ],
    hostile: [{ name: "white space is nobody", integration: { owner: " \t\u00a0\n" }, expect: [["", "nobody-named", "low"]] }],
  },
  () => {
    test("no owner at all", () => {
      const options = { rules: [noOwner], policy: { packs: [], rules: {} }, families: ["inventory"], known: [], hashOf: () => "" } as const;
      const [result] = judge({ integration: nobodys, observations: [], asOf: NOW }, options);
      expect(result).toMatchObject({
        subject: "",
        outcome: "nobody-named",
        severity: "low",
        message: "Nobody is named as the owner of this integration.",
      });
    });
  },
);
