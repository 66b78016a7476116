import type { IntegrationAuth } from "../../src/model/integration.ts";
import { tokenResponse, unseen } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

export const LOGIN: IntegrationAuth = {
  scheme: "oauth2-client-credentials",
  credential: "env:SECRET",
  token: { url: "https://auth.acme.example/token", clientAuth: "client_secret_basic", scopes: [] },
  neededScopes: [],
};

export const saysOfLogin = (name: string, raw: Parameters<typeof tokenResponse>[0], ...said: readonly string[]): RuleCase => ({
  name,
  integration: { auth: LOGIN },
  observations: [tokenResponse(raw)],
  expect: [["login", ...said] as unknown as RuleCase["expect"][number]],
});

/** What every rule about a login answers alike. */
export const LOGIN_CASES: { readonly [K in "not-applicable" | "unobserved"]: readonly RuleCase[] } = {
  "not-applicable": [
    { name: "a key that is sent as it is", observations: [tokenResponse()], expect: [["", "no-login"]] },
    {
      name: "a login that needs a person",
      integration: { auth: { ...LOGIN, scheme: "oauth2-password" } },
      observations: [tokenResponse()],
      expect: [["", "no-login"]],
    },
  ],
  unobserved: [
    { name: "nobody logged in", integration: { auth: LOGIN }, expect: [["login", "unobserved", "not_requested"]] },
    {
      name: "no answer",
      integration: { auth: LOGIN },
      observations: [unseen("token-response", "tls_untrusted", {}, "failed")],
      expect: [["login", "unobserved", "tls_untrusted"]],
    },
    ...(["rate_limited", "blocked", "server_error"] as const).map((interference) =>
      saysOfLogin(`somebody else: ${interference}`, { status: 403, issued: false, interference }, "unobserved", interference),
    ),
  ],
};
