import { clockSkew } from "../../../../src/judge/rules/header/clock-skew.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(clockSkew, {
  ...headCases("right"),
  unobserved: [...headCases("right").unobserved, saysOfHead("no date", { undated: true }, ["unobserved", "evidence_missing"])],
  fail: [saysOfHead("ahead", { clockOffBy: 660 }, ["off", "info"]), saysOfHead("behind", { clockOffBy: -3600 }, ["off", "info"])],
  hostile: [saysOfHead("by a century", { clockOffBy: 3_155_760_000 }, ["off", "info"])],
});
