import type { Observation } from "../../../../src/evidence/observation.ts";
import { strongerClientAuthOffered } from "../../../../src/judge/rules/auth/stronger-client-auth-offered.ts";
import type { Integration } from "../../../../src/model/integration.ts";
import { serverMetadata, unseen, words } from "../../builders.ts";
import { MOOT } from "../../metadata-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const by = (clientAuth: string): Partial<Integration> => ({
  auth: {
    scheme: "oauth2-client-credentials",
    token: { url: "https://login.acme.example/token", clientAuth, scopes: [] },
    neededScopes: [],
  },
});
const says = (name: string, observation: Observation, said: readonly string[], clientAuth = "client_secret_basic"): RuleCase => ({
  name,
  integration: by(clientAuth),
  observations: [observation],
  expect: [["authorization-server", ...said] as unknown as RuleCase["expect"][number]],
});
const listing = (...methods: readonly string[]) => serverMetadata({ lists: { token_endpoint_auth_methods_supported: words(...methods) } });
const [noTokens, absent] = MOOT;

describeRule(strongerClientAuthOffered, {
  pass: [says("secrets alone", listing("client_secret_basic", "client_secret_jwt", "none"), ["none-better"])],
  fail: [
    says("signed assertions", listing("client_secret_basic", "private_key_jwt"), ["offered", "low"]),
    says("certificates of an authority", listing("tls_client_auth"), ["offered", "low"], "client_secret_post"),
    says(
      "certificates of our own, where the secret signs",
      listing("self_signed_tls_client_auth"),
      ["offered", "low"],
      "client_secret_jwt",
    ),
  ],
  "not-applicable": [
    ...(noTokens === undefined ? [] : [noTokens]),
    ...(absent === undefined ? [] : [{ ...absent, integration: by("client_secret_basic") }]),
    { ...says("a key of ours is used", listing("private_key_jwt"), [], "private_key_jwt"), expect: [["", "no-secret"]] },
    { ...says("no login is declared", listing("private_key_jwt"), []), integration: {}, expect: [["", "no-secret"]] },
    says("it lists none", serverMetadata({ lists: { token_endpoint_auth_methods_supported: undefined } }), ["not-said"]),
  ],
  unobserved: [
    { name: "nobody asked", integration: by("client_secret_basic"), expect: [["authorization-server", "unobserved", "not_requested"]] },
    says("it is slow", unseen("oauth-metadata", "http_timeout"), ["unobserved", "http_timeout"]),
    says("it speaks for somebody else", serverMetadata({ identifier: "other" }), ["unobserved", "evidence_ambiguous"]),
  ],
  hostile: [
    says("a thousand words of its own", serverMetadata({ lists: { token_endpoint_auth_methods_supported: { known: [], others: 1000 } } }), [
      "none-better",
    ]),
  ],
});
