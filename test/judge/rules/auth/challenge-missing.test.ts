import { challengeMissing } from "../../../../src/judge/rules/auth/challenge-missing.ts";
import { asksFor, challengeCases } from "../../challenge-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const USED = { auth: { scheme: "oauth2-client-credentials", neededScopes: [] } } as const;
const says = (field: string | undefined, ...said: readonly string[]): RuleCase => ({
  name: String(field).slice(0, 60),
  integration: USED,
  observations: [asksFor(field)],
  expect: [["endpoint:list", ...said] as unknown as RuleCase["expect"][number]],
});
const common = challengeCases("named");
const used = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: USED }));

describeRule(challengeMissing, {
  pass: [...used(common.pass), says("=broken", "named")],
  fail: [says(undefined, "unnamed", "info"), says("", "unnamed", "info"), says(" , ,", "unnamed", "info")],
  "not-applicable": [...used(common["not-applicable"])],
  unobserved: [...used(common.unobserved)],
  hostile: [says("x".repeat(70_000), "named"), says("\u0000", "unnamed", "info")],
});
