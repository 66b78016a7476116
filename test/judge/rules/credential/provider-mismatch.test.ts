import type { HeldCredential } from "../../../../src/evidence/kinds.ts";
import { providerMismatch } from "../../../../src/judge/rules/credential/provider-mismatch.ts";
import type { Integration } from "../../../../src/model/integration.ts";
import { heldCredential } from "../../builders.ts";
import { asked, BEARER, keyOf, knownCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const at = (host: string, held: Partial<HeldCredential>, more: Partial<Integration> = {}) => {
  const origin = `https://${host}`;
  return [{ ...BEARER, baseUrl: origin, ...more }, heldCredential(held, origin)] as const;
};
const stripe = keyOf("stripe", "sk_live_");

describeRule(providerMismatch, {
  pass: [
    asked("at home", ...at("api.stripe.com", stripe), "home"),
    asked("at a host below the same domain", ...at("files.stripe.com", stripe), "home"),
    asked("at a tenant's host", ...at("acme.my.salesforce.com", keyOf("salesforce", "00D", "legacy")), "home"),
  ],
  fail: [
    asked("at another provider", ...at("api.github.com", stripe), "other-provider", "critical"),
    asked(
      "at another provider, of one that others run too",
      ...at("api.stripe.com", keyOf("github", "ghp_", "personal")),
      "other-provider",
      "critical",
    ),
    says("at a host of nobody we know", stripe, "unknown-host", "info"),
    asked("at what a customer of a cloud has there", ...at("abc.execute-api.eu-west-1.amazonaws.com", stripe), "unknown-host", "info"),
    asked("at the cloud itself", ...at("email.eu-west-1.amazonaws.com", stripe), "other-provider", "critical"),
  ],
  "not-applicable": [
    ...knownCases["not-applicable"],
    asked("at our own gateway", ...at("gateway.acme.example", stripe, { network: "internal" }), "inside"),
    asked("at a name that public DNS does not have", ...at("gateway.corp", stripe), "inside"),
    asked("at somebody's own GitLab", ...at("git.acme.example", keyOf("gitlab", "glpat-", "personal")), "self-hosted"),
    says("a key that is meant to be seen", keyOf("stripe", "pk_live_", "publishable"), "no-sign"),
    says("the name of a key", keyOf("aws", "AKIA", "identifier"), "no-sign"),
    says("a shape alone", keyOf("telegram", ""), "no-sign"),
  ],
  unobserved: knownCases.unobserved,
  hostile: [
    ...knownCases.hostile,
    asked("at a host that only begins like it", ...at("api.stripe.com.evil.example", stripe), "unknown-host", "info"),
  ],
});
