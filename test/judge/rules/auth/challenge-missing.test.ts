import { challengeMissing } from "../../../../src/judge/rules/auth/challenge-missing.ts";
import { challengeCases, sayingOf } from "../../challenge-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const USED = { auth: { scheme: "oauth2-client-credentials", neededScopes: [] } } as const;
const says = sayingOf(USED);
const common = challengeCases("named");
const used = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: USED }));

describeRule(challengeMissing, {
  pass: [...used(common.pass), says("=broken", "named")],
  fail: [says(undefined, "unnamed", "info"), says("", "unnamed", "info"), says(" , ,", "unnamed", "info")],
  "not-applicable": [...used(common["not-applicable"])],
  unobserved: [...used(common.unobserved)],
  hostile: [says("x".repeat(70_000), "named"), says("\u0000", "unnamed", "info")],
});
