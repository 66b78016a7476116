import { rateLimitNearlyUsed } from "../../../../src/judge/rules/header/rate-limit-nearly-used.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const limits = { dialects: ["x-ratelimit"], policies: [{ quota: 5000, unit: "requests" }], odd: [] };
const { pass: quiet, ...cases } = headCases("not-published");

describeRule(rateLimitNearlyUsed, {
  ...cases,
  pass: [saysOfHead("enough is left", { limits }, ["enough"])],
  fail: [
    saysOfHead("less than a tenth", { limits: { ...limits, nearlyUsedUp: true } }, ["nearly-used", "medium"]),
    saysOfHead("of what nobody told", { limits: { dialects: ["meta"], policies: [], nearlyUsedUp: true, odd: [] } }, [
      "nearly-used",
      "medium",
    ]),
  ],
  "not-applicable": [...cases["not-applicable"], ...quiet],
  hostile: [
    saysOfHead(
      "as many policies as are kept",
      {
        limits: {
          ...limits,
          nearlyUsedUp: true,
          policies: Array.from({ length: 16 }, (_, quota) => ({ name: "a".repeat(32), quota, unit: "b".repeat(32) })),
        },
      },
      ["nearly-used", "medium"],
    ),
  ],
});
