import { challengeDowngrade } from "../../../../src/judge/rules/auth/challenge-downgrade.ts";
import { asksFor, challengeCases } from "../../challenge-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const USED = { auth: { scheme: "oauth2-client-credentials", neededScopes: [] } } as const;
const says = (field: string | undefined, ...said: readonly string[]): RuleCase => ({
  name: String(field).slice(0, 60),
  integration: USED,
  observations: [asksFor(field)],
  expect: [["endpoint:list", ...said] as unknown as RuleCase["expect"][number]],
});
const common = challengeCases("as-strong");
const used = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: USED }));

describeRule(challengeDowngrade, {
  pass: [
    ...used(common.pass),
    says("Negotiate", "as-strong"),
    says("Digest algorithm=SHA-256, qop=auth, nonce=1", "as-strong"),
    says(undefined, "as-strong"),
  ],
  fail: [
    says("Bearer, Basic realm=x", "weaker", "medium"),
    says("NTLM", "weaker", "medium"),
    says("Bearer, digest realm=x, qop=auth, nonce=1", "weaker", "medium"),
    says("Digest algorithm=SHA-256, nonce=1", "weaker", "medium"),
  ],
  "not-applicable": [
    ...used(common["not-applicable"]),
    {
      name: "a key in a header, which Basic is as good as",
      integration: { auth: { scheme: "api-key", neededScopes: [] } },
      observations: [asksFor("Basic")],
      expect: [["", "nothing-weaker"]],
    },
  ],
  unobserved: [...used(common.unobserved)],
  hostile: [says("Basic\u0000, \u202eBasic", "weaker", "medium")],
});
