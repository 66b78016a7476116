import { credentialRejected } from "../../../../src/judge/rules/auth/credential-rejected.ts";
import { response, unseen } from "../../builders.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const integration = { auth: { scheme: "bearer", credential: "env:KEY", neededScopes: [] } } as const;
const says = (name: string, raw: Parameters<typeof response>[0], ...said: readonly string[]): RuleCase => ({
  name,
  integration,
  observations: [response(raw)],
  expect: [["endpoint:list", ...said] as unknown as RuleCase["expect"][number]],
});
const rejected = (status: number, challenge?: string) => ({
  status,
  interference: "credential_rejected" as const,
  headers: challenge === undefined ? {} : { "www-authenticate": challenge },
});

describeRule(credentialRejected, {
  pass: [says("a success", {}, "taken"), says("a 404 that was expected", { status: 404 }, "taken")],
  fail: [
    says("401", rejected(401), "rejected", "high"),
    says("401 with a reason", rejected(401, 'Bearer error="invalid_token"'), "rejected", "high"),
    says("403 without one", rejected(403), "forbidden", "medium"),
    says("403 for want of a scope", rejected(403, 'Bearer error="insufficient_scope", scope="orders.read"'), "too-little", "medium"),
  ],
  "not-applicable": [
    {
      name: "no credential",
      integration: { auth: { neededScopes: [] } },
      observations: [response(rejected(401))],
      expect: [["", "not-sent"]],
    },
    says("a refusal that was expected", { status: 401 }, "expected"),
    says("a scheme that carries none in a request", { credential: { state: "none" } }, "not-sent"),
    {
      name: "an endpoint that left the inventory",
      integration,
      observations: [response()],
      known: ["endpoint:gone"],
      expect: [
        ["endpoint:gone", "not-declared"],
        ["endpoint:list", "taken"],
      ],
    },
  ],
  unobserved: [
    { name: "nobody asked", integration, expect: [["endpoint:list", "unobserved", "not_requested"]] },
    {
      name: "no answer",
      integration,
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    ...(["rate_limited", "blocked", "server_error"] as const).map((interference) =>
      says(`somebody else: ${interference}`, { status: 403, interference }, "unobserved", interference),
    ),
    says("not found", { status: 404, interference: "not_found" }, "unobserved", "not_found"),
    says("kept back", { credential: { state: "withheld", reason: "credential_not_bound" } }, "unobserved", "credential_not_bound"),
  ],
  hostile: [
    says("a scope of controls", rejected(403, 'Bearer error="insufficient_scope", scope="\u001b[2J <img>"'), "too-little", "medium"),
    says("an error that is none", rejected(403, "Bearer error=insufficient_scope_but_not_quite"), "forbidden", "medium"),
  ],
});
