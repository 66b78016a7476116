import { personalToken } from "../../../../src/judge/rules/credential/personal-token.ts";
import { keyOf, knownCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(personalToken, {
  pass: [says("a bot's", keyOf("slack", "xoxb-"), "impersonal")],
  fail: [says("a person's", keyOf("slack", "xoxp-", "personal"), "personal", "medium")],
  "not-applicable": knownCases["not-applicable"],
  unobserved: knownCases.unobserved,
  hostile: [
    ...knownCases.hostile,
    says("evidence that says otherwise than the catalog", keyOf("slack", "xoxp-", "secret"), "personal", "medium"),
  ],
});
