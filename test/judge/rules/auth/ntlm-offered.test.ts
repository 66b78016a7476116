import { ntlmOffered } from "../../../../src/judge/rules/auth/ntlm-offered.ts";
import { challengeCases, sayingOf } from "../../challenge-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const USED = { auth: { scheme: "oauth2-client-credentials", neededScopes: [] } } as const;
const says = sayingOf(USED);
const common = challengeCases("not-offered");
const used = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: USED }));

describeRule(ntlmOffered, {
  pass: [...used(common.pass)],
  fail: [says("NTLM", "ntlm", "medium"), says("Negotiate, ntlm", "ntlm", "medium"), says("Negotiate", "negotiate", "info")],
  "not-applicable": [...used(common["not-applicable"])],
  unobserved: [...used(common.unobserved), says("Bearer realm=https://x/, NTLM", "unobserved", "evidence_ambiguous")],
  hostile: [says(`NTLM ${"A".repeat(60_000)}==`, "ntlm", "medium")],
});
