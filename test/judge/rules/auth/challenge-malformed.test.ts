import { challengeMalformed } from "../../../../src/judge/rules/auth/challenge-malformed.ts";
import { challengeCases, sayingOf } from "../../challenge-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const USED = { auth: { scheme: "oauth2-client-credentials", neededScopes: [] } } as const;
const says = sayingOf(USED);
const common = challengeCases("well-formed");
const used = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: USED }));

describeRule(challengeMalformed, {
  pass: [
    ...used(common.pass),
    says(undefined, "well-formed"),
    says("Basic realm=", "well-formed"),
    says('Basic realm="a, Digest realm=b"', "well-formed"),
  ],
  fail: [
    says('Bearer realm="never closed', "malformed", "info"),
    says("=x", "malformed", "info"),
    says("Basic abc def", "malformed", "info"),
    says("Digest realm=a, realm=b", "malformed", "info"),
  ],
  "not-applicable": [...used(common["not-applicable"])],
  unobserved: [...used(common.unobserved), says(`Bearer realm="${"x".repeat(5000)}", NTLM`, "unobserved", "evidence_ambiguous")],
  hostile: [
    says("Bearer ".repeat(500), "malformed", "info"),
    says("Bearer ".repeat(9000), "unobserved", "evidence_ambiguous"),
    says('Basic realm="\u001b[2J', "malformed", "info"),
  ],
});
