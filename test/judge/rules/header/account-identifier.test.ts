import { accountIdentifier } from "../../../../src/judge/rules/header/account-identifier.ts";
import { leakCases, leaksIn } from "../../leak-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(accountIdentifier, {
  ...leakCases({ clean: "no-account", kind: "account-id", other: "private-address", outcome: "told", severity: "low" }),
  fail: [leaksIn("account-id", ["account-id"], ["header:x-a", "told", "low"])],
});
