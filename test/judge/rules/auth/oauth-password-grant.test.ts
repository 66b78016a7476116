import { oauthPasswordGrant } from "../../../../src/judge/rules/auth/oauth-password-grant.ts";
import { letIn } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const token = { url: "https://auth.acme.example/token", clientAuth: "client_secret_post", scopes: [] };

describeRule(oauthPasswordGrant, {
  pass: [{ name: "another grant", integration: letIn({ scheme: "oauth2-client-credentials", token }), expect: [["", "another-grant"]] }],
  fail: [
    { name: "this grant", integration: letIn({ scheme: "oauth2-password" }), expect: [["", "used", "high"]] },
    {
      name: "this grant, with where tokens come from",
      integration: letIn({ scheme: "oauth2-password", token }),
      expect: [["", "used", "high"]],
    },
  ],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}), expect: [["", "nothing-declared"]] },
    { name: "no grant at all", integration: letIn({ scheme: "api-key" }), expect: [["", "not-oauth"]] },
    { name: "a token that somebody made by hand", integration: letIn({ scheme: "bearer" }), expect: [["", "not-oauth"]] },
  ],
  unobserved: [
    {
      name: "tokens are asked for, by a grant that nobody named",
      integration: letIn({ scheme: "bearer", token }),
      expect: [["", "unobserved", "evidence_missing"]],
    },
  ],
  hostile: [
    {
      name: "a subject that this rule never had",
      integration: letIn({ scheme: "oauth2-client-credentials" }),
      known: ["grant"],
      expect: [
        ["", "another-grant"],
        ["grant", "unobserved", "evidence_missing"],
      ],
    },
  ],
});
