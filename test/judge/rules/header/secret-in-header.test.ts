import { secretInHeader } from "../../../../src/judge/rules/header/secret-in-header.ts";
import { leakCases, leaksIn } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(secretInHeader, {
  ...leakCases({ clean: "no-secret", kind: "secret", other: "private-address", outcome: "secret", severity: "critical" }),
  fail: [
    leaksIn("secret", ["secret"], ["header:x-a", "secret", "critical"]),
    leaksIn("unsigned-token", ["unsigned-token"], ["header:x-a", "unsigned", "medium"]),
    leaksIn("session", ["session"], ["header:x-a", "session", "medium"]),
    leaksIn("the worst of several", ["session", "unsigned-token", "secret"], ["header:x-a", "secret", "critical"]),
  ],
});
