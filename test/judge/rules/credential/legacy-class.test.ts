import { legacyClass } from "../../../../src/judge/rules/credential/legacy-class.ts";
import { at, keyOf, knownCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(legacyClass, {
  pass: [
    at("api.twilio.com", "a key beside the name of the account", keyOf("twilio", "SK", "identifier"), "current"),
    at("api.twilio.com", "the name of the account alone", keyOf("twilio", "AC", "identifier"), "current"),
    says("today's", keyOf("github", "github_pat_", "personal"), "current"),
  ],
  fail: [
    at("api.twilio.com", "the account's own token", keyOf("twilio", "AC", "legacy"), "legacy", "low"),
    at("acme.okta.com", "a token without scopes", keyOf("okta", "00", "personal"), "legacy", "low"),

    says("yesterday's", keyOf("github", "ghp_", "personal"), "legacy", "low"),
    says("a sending key of everything", keyOf("mailgun", "key-", "legacy"), "legacy", "low"),
  ],
  "not-applicable": knownCases["not-applicable"],
  unobserved: knownCases.unobserved,
  hostile: knownCases.hostile,
});
