import { debugInformation } from "../../../../src/judge/rules/header/debug-information.ts";
import { leakCases, leaksIn } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(debugInformation, {
  ...leakCases({ clean: "nothing", kind: "debug-link", other: "private-address", outcome: "profiler-linked", severity: "high" }),
  fail: [
    leaksIn("debug-link", ["debug-link"], ["header:x-a", "profiler-linked", "high"]),
    leaksIn("stack", ["stack"], ["header:x-a", "debugging", "medium"]),
    leaksIn("sql", ["sql"], ["header:x-a", "debugging", "medium"]),
    leaksIn("debug-mode", ["debug-mode"], ["header:x-a", "debugging", "medium"]),
    leaksIn("timing", ["timing"], ["header:x-a", "timings", "low"]),
    leaksIn("the worst of several", ["timing", "debug-mode", "sql", "stack", "debug-link"], ["header:x-a", "profiler-linked", "high"]),
  ],
});
