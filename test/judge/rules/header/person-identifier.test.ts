import { personIdentifier } from "../../../../src/judge/rules/header/person-identifier.ts";
import { leakCases, leaksIn } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(personIdentifier, {
  ...leakCases({ clean: "nobody", kind: "person", other: "private-address", outcome: "person", severity: "low" }),
  fail: [
    leaksIn("person", ["person"], ["header:x-a", "person", "low"]),
    leaksIn("tenant", ["tenant"], ["header:x-a", "tenant", "info"]),
    leaksIn("the worst of several", ["tenant", "person"], ["header:x-a", "person", "low"]),
  ],
});
