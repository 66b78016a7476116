import { wrongEnvironment } from "../../../../src/judge/rules/credential/wrong-environment.ts";
import { heldCredential } from "../../builders.ts";
import { asked, BEARER, keyOf, knownCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const staging = { ...BEARER, environment: "staging" };

describeRule(wrongEnvironment, {
  pass: [
    says("live in production", keyOf("stripe", "sk_live_"), "fits"),
    asked("test in staging", staging, heldCredential(keyOf("stripe", "sk_test_", "test")), "fits"),
  ],
  fail: [
    says("test in production", keyOf("stripe", "sk_test_", "test"), "test-in-production", "high"),
    says("a publishable test key in production", keyOf("stripe", "pk_test_", "publishable"), "test-in-production", "high"),
    asked("live in staging", staging, heldCredential(keyOf("plaid", "access-production-")), "live-elsewhere", "high"),
  ],
  "not-applicable": [...knownCases["not-applicable"], says("a kind that does not say it", keyOf("github", "ghp_", "personal"), "unsaid")],
  unobserved: knownCases.unobserved,
  hostile: knownCases.hostile,
});
