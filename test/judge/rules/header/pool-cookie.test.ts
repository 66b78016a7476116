import { poolCookie } from "../../../../src/judge/rules/header/pool-cookie.ts";
import { leakCases, leaksIn } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(poolCookie, {
  ...leakCases({ clean: "no-pool", kind: "pool-address", other: "private-address", outcome: "readable", severity: "low" }),
  fail: [leaksIn("pool-address", ["pool-address"], ["header:x-a", "readable", "low"])],
});
