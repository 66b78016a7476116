import { internalHost } from "../../../../src/judge/rules/header/internal-host.ts";
import { leakCases, leaksIn } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(internalHost, {
  ...leakCases({ clean: "no-host", kind: "internal-host", other: "private-address", outcome: "named", severity: "low" }),
  fail: [
    leaksIn("internal-host", ["internal-host"], ["header:x-a", "named", "low"]),
    leaksIn("instance-name", ["instance-name"], ["header:x-a", "named", "low"]),
    leaksIn("the worst of several", ["instance-name", "internal-host"], ["header:x-a", "named", "low"]),
  ],
});
