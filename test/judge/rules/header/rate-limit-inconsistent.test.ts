import { rateLimitInconsistent } from "../../../../src/judge/rules/header/rate-limit-inconsistent.ts";
import { LIMIT_ODDITIES, type LimitOddity } from "../../../../src/model/head-facts.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const limits = (...odd: readonly LimitOddity[]) => ({ limits: { dialects: ["x-ratelimit"], policies: [], odd } });
const { pass: quiet, ...cases } = headCases("not-published");

describeRule(rateLimitInconsistent, {
  ...cases,
  pass: [
    saysOfHead("nothing odd", limits(), ["consistent"]),
    saysOfHead("what another rule asks about", limits("retry-after-absurd", "retry-after-malformed", "no-retry-after"), ["consistent"]),
  ],
  fail: (["malformed", "remaining-above-limit", "reset-in-the-past", "reset-far-ahead", "dialects-disagree"] as const).map((oddity) =>
    saysOfHead(oddity, limits(oddity), ["inconsistent", "info"]),
  ),
  "not-applicable": [
    ...cases["not-applicable"],
    ...quiet,
    saysOfHead("Retry-After alone", { limits: { dialects: [], policies: [], odd: ["retry-after-malformed"] } }, ["not-published"]),
  ],
  hostile: [saysOfHead("all of it", limits(...LIMIT_ODDITIES), ["inconsistent", "info"])],
});
