import { digestWeak } from "../../../../src/judge/rules/auth/digest-weak.ts";
import { asksFor, challengeCases, sayingOf } from "../../challenge-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const USED = { auth: { neededScopes: [] } } as const;
const says = sayingOf(USED);
const common = challengeCases("not-used");
const used = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: USED }));

describeRule(digestWeak, {
  pass: [
    says("Digest algorithm=SHA-256, qop=auth, nonce=1", "strong"),
    says('Digest algorithm=SHA-256, qop="auth, auth-int", Digest qop=auth', "strong"),
    says("Digest algorithm=SHA-512-256, qop=auth", "strong"),
  ],
  fail: [
    says("Digest realm=x, nonce=1", "no-qop", "medium"),
    says("Digest nonce=1, qop=auth", "md5", "medium"),
    says("Digest algorithm=MD5-sess, qop=auth, nonce=1", "md5", "medium"),
    says("Digest nonce=1, Digest algorithm=MD5, qop=auth", "md5", "medium"),
  ],
  "not-applicable": [
    ...used(common.pass),
    ...used(common["not-applicable"]),
    {
      name: "another scheme is used",
      integration: { auth: { scheme: "bearer", neededScopes: [] } },
      observations: [asksFor("Digest")],
      expect: [["", "not-used"]],
    },
    says("Basic", "not-used"),
  ],
  unobserved: [
    ...used(common.unobserved),
    says('Digest realm="x", domain=/api, nonce="a", qop="auth", algorithm=SHA-256', "unobserved", "evidence_ambiguous"),
    says('Digest algorithm="SHA-256;x", qop=auth', "unobserved", "evidence_ambiguous"),
    says("Basic realm=https://x/, Digest", "unobserved", "evidence_ambiguous"),
  ],
  hostile: [says("Digest algorithm=\u0000md5, qop=auth", "md5", "medium")],
});
