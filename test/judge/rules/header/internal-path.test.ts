import { internalPath } from "../../../../src/judge/rules/header/internal-path.ts";
import { leakCases, leaksIn } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(internalPath, {
  ...leakCases({ clean: "no-path", kind: "file-path", other: "private-address", outcome: "told", severity: "medium" }),
  fail: [leaksIn("file-path", ["file-path"], ["header:x-a", "told", "medium"])],
});
