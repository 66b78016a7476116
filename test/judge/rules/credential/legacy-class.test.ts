import { legacyClass } from "../../../../src/judge/rules/credential/legacy-class.ts";
import { keyOf, knownCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(legacyClass, {
  pass: [says("today's", keyOf("github", "github_pat_", "personal"), "current")],
  fail: [
    says("yesterday's", keyOf("github", "ghp_", "personal"), "legacy", "low"),
    says("a sending key of everything", keyOf("mailgun", "key-", "legacy"), "legacy", "low"),
  ],
  "not-applicable": knownCases["not-applicable"],
  unobserved: knownCases.unobserved,
  hostile: knownCases.hostile,
});
