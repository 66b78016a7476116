import { schemeMismatch } from "../../../../src/judge/rules/auth/scheme-mismatch.ts";
import { asksFor, challengeCases, sayingOf } from "../../challenge-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const USED = { auth: { scheme: "oauth2-client-credentials", neededScopes: [] } } as const;
const says = sayingOf(USED);
const common = challengeCases("as-declared");
const used = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: USED }));

describeRule(schemeMismatch, {
  pass: [...used(common.pass), says("Basic, BEARER", "as-declared")],
  fail: [says("Basic realm=x", "another-scheme", "low"), says("Negotiate, NTLM", "another-scheme", "low")],
  "not-applicable": [
    ...used(common["not-applicable"]),
    says(undefined, "names-nothing"),
    {
      name: "a key under a name of its own",
      integration: { auth: { scheme: "api-key", neededScopes: [] } },
      observations: [asksFor("Basic")],
      expect: [["", "names-nothing"]],
    },
  ],
  unobserved: [...used(common.unobserved), says('Basic realm="x', "unobserved", "evidence_ambiguous")],
  hostile: [says("\u001b[31mBearer", "unobserved", "evidence_ambiguous")],
});
