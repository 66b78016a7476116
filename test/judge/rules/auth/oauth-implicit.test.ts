import { oauthImplicit } from "../../../../src/judge/rules/auth/oauth-implicit.ts";
import { letIn } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const token = { url: "https://auth.acme.example/token", clientAuth: "client_secret_post", scopes: [] };

describeRule(oauthImplicit, {
  pass: [{ name: "another grant", integration: letIn({ scheme: "oauth2-code", token }), expect: [["", "another-grant"]] }],
  fail: [
    { name: "this grant", integration: letIn({ scheme: "oauth2-implicit" }), expect: [["", "used", "high"]] },
    {
      name: "this grant, with where tokens come from",
      integration: letIn({ scheme: "oauth2-implicit", token }),
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
      integration: letIn({ scheme: "oauth2-code" }),
      known: ["grant"],
      expect: [
        ["", "another-grant"],
        ["grant", "unobserved", "evidence_missing"],
      ],
    },
  ],
});
