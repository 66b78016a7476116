import { lifecycleWarning } from "../../../../src/judge/rules/lifecycle/warning.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(lifecycleWarning, {
  ...headCases("no-warning"),
  fail: [
    saysOfHead("Warning: 299", { notices: [{ field: "warning", what: "deprecated" }] }, ["deprecated", "medium"]),
    saysOfHead("of the version", { notices: [{ field: "x-shopify-api-version-warning", what: "version-warning" }] }, [
      "version-warning",
      "medium",
    ]),
    saysOfHead("of something", { notices: [{ field: "warning", what: "warned" }] }, ["warned", "info"]),
    saysOfHead(
      "the worst counts",
      {
        notices: [
          { field: "warning", what: "warned" },
          { field: "x-deprecated", what: "deprecated" },
        ],
      },
      ["deprecated", "medium"],
    ),
    saysOfHead("in a refusal", { notices: [{ field: "warning", what: "deprecated" }] }, ["deprecated", "medium"], {
      status: 401,
      interference: "credential_rejected",
    }),
  ],
  hostile: [
    saysOfHead(
      "as many as are kept",
      { notices: Array.from({ length: 16 }, (_, n) => ({ field: `x-deprecated-${"a".repeat(n)}`, what: "deprecated" as const })) },
      ["deprecated", "medium"],
    ),
  ],
});
