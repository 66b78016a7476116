import { internalAddress } from "../../../../src/judge/rules/header/internal-address.ts";
import { leakCases, leaksIn } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(internalAddress, {
  ...leakCases({ clean: "no-address", kind: "private-address", other: "sql", outcome: "told", severity: "low" }),
  fail: [leaksIn("private-address", ["private-address"], ["header:x-a", "told", "low"])],
});
