import { challengeDowngrade } from "../../../../src/judge/rules/auth/challenge-downgrade.ts";
import { asksFor, challengeCases, sayingOf } from "../../challenge-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const USED = { auth: { scheme: "oauth2-client-credentials", neededScopes: [] } } as const;
const says = sayingOf(USED);
const common = challengeCases("as-strong");
const used = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: USED }));

describeRule(challengeDowngrade, {
  pass: [
    ...used(common.pass),
    says("Negotiate, Bearer", "as-strong"),
    says("Bearer, Digest algorithm=SHA-256, qop=auth, nonce=1", "as-strong"),
    {
      name: "a scheme that no challenge names",
      integration: { auth: { scheme: "mtls", neededScopes: [] } },
      observations: [asksFor(undefined)],
      expect: [["endpoint:list", "as-strong"]],
    },
  ],
  fail: [
    says("Bearer, Basic realm=x", "weaker", "low"),
    says("NTLM, Bearer", "weaker", "low"),
    says("Bearer, digest realm=x, qop=auth, nonce=1", "weaker", "low"),
    says("Digest algorithm=SHA-256, nonce=1, Bearer", "weaker", "low"),
  ],
  "not-applicable": [
    ...used(common["not-applicable"]),
    says("Basic", "not-offered"),
    says(undefined, "not-offered"),
    {
      name: "a key in a header, which Basic is as good as",
      integration: { auth: { scheme: "api-key", neededScopes: [] } },
      observations: [asksFor("Basic")],
      expect: [["", "nothing-weaker"]],
    },
  ],
  unobserved: [
    ...used(common.unobserved),
    says("Bearer realm=https://x/, Basic", "unobserved", "evidence_ambiguous"),
    says(`Bearer realm="${"x".repeat(5000)}", Basic`, "unobserved", "evidence_ambiguous"),
  ],
  hostile: [says("Bearer, Basic\u0000, \u202eBasic", "weaker", "low")],
});
