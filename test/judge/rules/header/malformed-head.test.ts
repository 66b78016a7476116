import { malformedHead } from "../../../../src/judge/rules/header/malformed-head.ts";
import { WIRE_ODDITIES } from "../../../../src/model/head-facts.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const UNUSUAL: readonly string[] = ["long-field", "not-utf8", "stacked-codings", "long-reason"];

describeRule(malformedHead, {
  ...headCases("well-formed"),
  fail: WIRE_ODDITIES.map((oddity) =>
    saysOfHead(oddity, { wire: { conflicting: [], odd: [oddity] } }, UNUSUAL.includes(oddity) ? ["unusual", "info"] : ["malformed", "low"]),
  ),
  hostile: [saysOfHead("everything at once", { wire: { conflicting: [], odd: WIRE_ODDITIES } }, ["malformed", "low"])],
});
