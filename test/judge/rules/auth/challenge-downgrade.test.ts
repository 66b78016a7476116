import { expect, test } from "vitest";
import { challengeDowngrade } from "../../../../src/judge/rules/auth/challenge-downgrade.ts";
import { asksFor, challengeCases, sayingOf } from "../../challenge-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const USED = { auth: { scheme: "oauth2-client-credentials", neededScopes: [] } } as const;
const says = sayingOf(USED);
const common = challengeCases("as-strong");
const used = (cases: readonly RuleCase[]) => cases.map((one) => ({ ...one, integration: USED }));

describeRule(
  challengeDowngrade,
  {
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
      says("Basic", "weaker-alone", "low"),
      says("Digest realm=x, qop=auth, nonce=1", "weaker-alone", "low"),
      says("Digest algorithm=MD5-sess, qop=auth", "weaker-alone", "low"),
      says("Digest algorithm=SHA-256, qop=auth, Digest algorithm=MD5, qop=auth", "weaker-alone", "low"),
    ],
    "not-applicable": [
      ...used(common["not-applicable"]),
      says("Negotiate", "not-offered"),
      says("Digest algorithm=SHA-256, qop=auth", "not-offered"),
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
      says('Bearer, Digest algorithm="SHA-256;x", qop=auth', "unobserved", "evidence_ambiguous"),
      says("Bearer realm=https://x/, Basic", "unobserved", "evidence_ambiguous"),
      says(`Bearer realm="${"x".repeat(5000)}", Basic`, "unobserved", "evidence_ambiguous"),
    ],
    hostile: [says("Bearer, Basic\u0000, \u202eBasic", "weaker", "low")],
  },
  () => {
    test.each([
      ["digest qop=auth, Basic, bearer", "It also takes Digest with MD5, Basic; we use oauth2-client-credentials.", 1],
      [
        "Digest nonce=1",
        "It asks for Digest without qop, and not for what we use (oauth2-client-credentials): see also auth/scheme-mismatch.",
        0.6,
      ],
    ])("%s: names what is weak", (field, message, confidence) => {
      const [result] = runCase(challengeDowngrade, { name: "", integration: USED, observations: [asksFor(field)], expect: [] });
      expect(result).toMatchObject({ message, confidence });
    });
  },
);
