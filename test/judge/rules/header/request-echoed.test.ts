import { requestEchoed } from "../../../../src/judge/rules/header/request-echoed.ts";
import { leakCases, leaksIn } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(requestEchoed, {
  ...leakCases({ clean: "not-echoed", kind: "request-field", other: "private-address", outcome: "echoed", severity: "low" }),
  fail: [
    leaksIn("request-field", ["request-field"], ["header:x-a", "echoed", "low"]),
    leaksIn("own-address", ["own-address"], ["header:x-a", "our-address", "info"]),
    leaksIn("the worst of several", ["own-address", "request-field"], ["header:x-a", "echoed", "low"]),
  ],
});
