import { auditsWithWriteAccess } from "../../../../src/judge/rules/credential/audits-with-write-access.ts";
import { response, tokenResponse, unseen } from "../../builders.ts";
import { LOGIN } from "../../login-cases.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const integration = { auth: LOGIN };
const granted = (name: string, scopes: readonly string[], ...said: readonly string[]): RuleCase => ({
  name,
  integration,
  observations: [tokenResponse({ scopes }), response()],
  expect: [["credential", ...said] as unknown as RuleCase["expect"][number]],
});

describeRule(auditsWithWriteAccess, {
  pass: [
    granted("reading", ["orders.read", "customers:list", "openid"], "reads-only"),
    ...["read:public_key", "User.Read.All", "billing:read", "admin.users:read"].map((scope) =>
      granted(`reading what would be grave to rule: ${scope}`, [scope], "reads-only"),
    ),
    {
      name: "a credential of its own, whatever that one may do",
      integration: { auth: { ...LOGIN, auditCredential: "env:AUDIT" } },
      observations: [tokenResponse({ scopes: ["orders.write"] })],
      expect: [["credential", "own-credential"]],
    },
  ],
  fail: [
    granted("writing", ["orders.read", "orders.write"], "may-write", "medium"),
    granted("ruling", ["admin:org"], "may-write", "medium"),
    ...["admin:read_write", "read:delete_repo", "Mail.ReadWrite.All"].map((scope) =>
      granted(`reading, and more than that: ${scope}`, [scope], "may-write", "medium"),
    ),
    {
      name: "told with every answer",
      integration,
      observations: [response({ headers: { "x-oauth-scopes": "read:org, delete_repo" } })],
      expect: [["credential", "may-write", "medium"]],
    },
    {
      name: "declared to open everything",
      integration: { auth: { ...LOGIN, attributes: { scope: "all" } } },
      observations: [tokenResponse(), response()],
      expect: [["credential", "opens-all", "low"]],
    },
  ],
  "not-applicable": [
    {
      name: "a sandbox",
      integration: { ...integration, environment: "sandbox" },
      observations: [tokenResponse({ scopes: ["orders.write"] })],
      expect: [["", "not-production"]],
    },
    {
      name: "no endpoint that it is sent to",
      integration: { ...integration, endpoints: [] },
      observations: [tokenResponse({ scopes: ["orders.write"] })],
      expect: [["", "not-used"]],
    },
    { name: "no credential", integration: { auth: { scheme: "none", neededScopes: [] } }, expect: [["", "not-used"]] },
    granted("nothing, which some take for everything", [], "not-told"),
    granted("who we are alone", ["openid"], "not-told"),
    granted("a scope that does not tell", ["repo"], "not-told"),
    { name: "no answer says it", integration, observations: [tokenResponse(), response()], expect: [["credential", "not-told"]] },
  ],
  unobserved: [
    { name: "nobody asked", integration, expect: [["credential", "unobserved", "not_requested"]] },
    {
      name: "no answer",
      integration,
      observations: [unseen("http-response", "connect_timeout", { endpoint: "list" })],
      expect: [["credential", "unobserved", "connect_timeout"]],
    },
  ],
  hostile: [
    granted("controls and tags", ["\u001b[2J", "<img>.write", "constructor.write"], "may-write", "medium"),
    granted(
      "a thousand",
      Array.from({ length: 1000 }, (_, at) => `x${at}.write`),
      "may-write",
      "medium",
    ),
  ],
});
