import { retryAfterOdd } from "../../../../src/judge/rules/header/retry-after-odd.ts";
import { LIMIT_ODDITIES, type LimitOddity } from "../../../../src/model/head-facts.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const odd = (...oddities: readonly LimitOddity[]) => ({ limits: { dialects: [], policies: [], odd: oddities } });
const LIMITED = { status: 429, interference: "rate_limited" } as const;
const { pass: quiet, ...cases } = headCases("not-refused");
const isLimited = ({ name }: { readonly name: string }) => name === "somebody else: rate_limited";

describeRule(retryAfterOdd, {
  ...cases,
  pass: [
    saysOfHead("a limiter that says when", {}, ["sensible"], LIMITED),
    saysOfHead("a limiter that speaks through 503", {}, ["sensible"], { ...LIMITED, status: 503 }),
  ],
  fail: [
    saysOfHead("a limiter that does not say when", odd("no-retry-after"), ["missing", "low"], LIMITED),
    saysOfHead("a limiter that says it wrongly", odd("retry-after-malformed"), ["malformed", "low"], LIMITED),
    saysOfHead("in a year", odd("retry-after-absurd"), ["absurd", "low"], LIMITED),
    saysOfHead("in an answer", odd("retry-after-malformed"), ["malformed", "low"]),
  ],
  "not-applicable": [...cases["not-applicable"], ...quiet, saysOfHead("odd in another way", odd("malformed"), ["not-refused"])],
  unobserved: cases.unobserved.filter((one) => !isLimited(one)),
  hostile: [saysOfHead("all of it", odd(...LIMIT_ODDITIES), ["absurd", "low"], LIMITED)],
});
