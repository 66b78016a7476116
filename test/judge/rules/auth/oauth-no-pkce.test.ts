import { oauthNoPkce } from "../../../../src/judge/rules/auth/oauth-no-pkce.ts";
import { letIn } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const token = { url: "https://auth.acme.example/token", clientAuth: "client_secret_post", scopes: [] };
const code = (pkce?: string) => letIn({ scheme: "oauth2-code", ...(pkce === undefined ? {} : { attributes: { pkce } }) });

describeRule(oauthNoPkce, {
  pass: [
    { name: "with PKCE", integration: code("yes"), expect: [["", "with-pkce"]] },
    { name: "a grant without a code", integration: letIn({ scheme: "oauth2-client-credentials", token }), expect: [["", "another-grant"]] },
  ],
  fail: [{ name: "without PKCE", integration: code("no"), expect: [["", "without-pkce", "medium"]] }],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}), expect: [["", "nothing-declared"]] },
    { name: "no grant at all", integration: letIn({ scheme: "basic" }), expect: [["", "not-oauth"]] },
  ],
  unobserved: [
    { name: "nobody told", integration: code(), expect: [["", "unobserved", "evidence_missing"]] },
    { name: "a grant that nobody named", integration: letIn({ token }), expect: [["", "unobserved", "evidence_missing"]] },
  ],
  hostile: [{ name: "a word of an older configuration", integration: code("true"), expect: [["", "unobserved", "evidence_missing"]] }],
});
