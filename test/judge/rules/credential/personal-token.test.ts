import { personalToken } from "../../../../src/judge/rules/credential/personal-token.ts";
import { at, keyOf, knownCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(personalToken, {
  pass: [says("a bot's", keyOf("slack", "xoxb-"), "impersonal")],
  fail: [
    says("a person's", keyOf("slack", "xoxp-", "personal"), "personal", "medium"),
    says("a person's, a project's or a group's", keyOf("gitlab", "glpat-", "personal"), "may-be-personal", "low"),
    at("acme.okta.com", "of two zeros, where such keys go", keyOf("okta", "00", "personal"), "personal", "medium"),
    at("api.pagerduty.com", "a user's", keyOf("pagerduty", "u+", "personal"), "personal", "medium"),
  ],
  "not-applicable": knownCases["not-applicable"],
  unobserved: knownCases.unobserved,
  hostile: [
    ...knownCases.hostile,
    says("evidence that says otherwise than the catalog", keyOf("slack", "xoxp-", "secret"), "personal", "medium"),
  ],
});
