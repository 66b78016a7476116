import { conflictingFields } from "../../../../src/judge/rules/header/conflicting-fields.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(conflictingFields, {
  ...headCases("said-once"),
  fail: [
    saysOfHead("two servers", { wire: { conflicting: ["server"], odd: [] } }, ["conflicting", "low"]),
    saysOfHead("in a refusal", { wire: { conflicting: ["content-type", "server"], odd: [] } }, ["conflicting", "low"], {
      status: 401,
      interference: "credential_rejected",
    }),
  ],
  hostile: [
    saysOfHead("as many as there are", { wire: { conflicting: Array.from({ length: 20 }, () => "server"), odd: [] } }, [
      "conflicting",
      "low",
    ]),
  ],
});
