import { strongerSchemeOffered } from "../../../../src/judge/rules/auth/stronger-scheme-offered.ts";
import { AWS, CARD, letIn, STATIC, STRIPE, TELEGRAM } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const bearer = { scheme: "bearer", attributes: STATIC } as const;

describeRule(strongerSchemeOffered, {
  pass: [
    {
      name: "the best of them",
      integration: letIn({ scheme: "bearer", attributes: { ...STATIC, scope: "fine" } }, STRIPE),
      expect: [["", "strongest"]],
    },
    {
      name: "the only one, taken from what is known of it",
      integration: letIn({ scheme: "api-key", in: "path" }, TELEGRAM),
      expect: [["", "strongest"]],
    },
    { name: "better than all of them", integration: letIn({ scheme: "mtls", attributes: STATIC }, STRIPE), expect: [["", "strongest"]] },
  ],
  fail: [
    { name: "a restricted key instead of the secret one", integration: letIn(bearer, STRIPE), expect: [["", "offered", "low"]] },
    {
      name: "a certificate instead of a client secret",
      integration: letIn(
        {
          scheme: "oauth2-client-credentials",
          token: { url: "https://login.microsoftonline.com/acme/oauth2/v2.0/token", clientAuth: "client_secret_post", scopes: [] },
          attributes: { storage: "shared" },
        },
        "graph.microsoft.com",
      ),
      expect: [["", "offered", "low"]],
    },
    {
      name: "the header instead of the query",
      integration: letIn({ scheme: "api-key", in: "query", attributes: { ...STATIC, expiry: "optional" } }, "acme.algolia.net"),
      expect: [["", "offered", "low"]],
    },
  ],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}, STRIPE), expect: [["", "nothing-declared"]] },
    { name: "a provider that nobody knows", integration: letIn(bearer), expect: [["", "provider-unknown"]] },
    { name: "the floor says it already", integration: letIn(bearer, STRIPE, CARD), expect: [["", "said-by-another"]] },
    {
      name: "the missing end says it already",
      integration: letIn({ scheme: "sigv4", attributes: STATIC }, AWS),
      expect: [["", "said-by-another"]],
    },
  ],
  unobserved: [
    {
      name: "whether ours is the restricted one is not told",
      integration: letIn({ scheme: "bearer" }, STRIPE),
      expect: [["", "unobserved", "evidence_missing"]],
    },
  ],
  hostile: [
    {
      name: "a host that only looks like the provider's",
      integration: letIn(bearer, "api.stripe.com.evil.example"),
      expect: [["", "provider-unknown"]],
    },
  ],
});
