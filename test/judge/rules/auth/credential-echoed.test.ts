import { expect, test } from "vitest";
import { credentialEchoed } from "../../../../src/judge/rules/auth/credential-echoed.ts";
import type { IntegrationAuth } from "../../../../src/model/integration.ts";
import { answerCases, saysOfAnswer } from "../../answer-cases.ts";
import { response, type tokenResponse } from "../../builders.ts";
import { LOGIN, saysOfLogin } from "../../login-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const { unobserved, ...shared } = answerCases("not-echoed");

function atLogin(name: string, raw: Parameters<typeof tokenResponse>[0], said: readonly string[], token: object = {}): RuleCase {
  const auth = { ...LOGIN, token: { ...LOGIN.token, ...token } } as IntegrationAuth;
  const { observations = [] } = saysOfLogin(name, raw);
  const expected = [
    ["endpoint:list", "not-echoed"],
    ["login", ...said],
  ] as unknown as RuleCase["expect"];
  return { name, integration: { auth }, observations: [response(), ...observations], expect: expected };
}

describeRule(
  credentialEchoed,
  {
    pass: [
      atLogin("looked for in the answer of the token endpoint", { echo: [] }, ["not-echoed"]),
      saysOfAnswer("looked for and not found", {}, ["not-echoed"]),
      saysOfAnswer("in a refusal, too", { status: 401, interference: "credential_rejected" }, ["not-echoed"]),
      ...(["unsupported", "too-deep", "empty", "not-read"] as const).map((state) =>
        saysOfAnswer(`a body that is ${state} was searched all the same`, { body: { state } }, ["not-echoed"]),
      ),
    ],
    fail: [
      atLogin("at the token endpoint", { status: 401, issued: false, error: "invalid_client", echo: ["body"] }, ["echoed", "high"]),
      atLogin("by a firewall before the token endpoint", { status: 403, issued: false, interference: "blocked", echo: ["body"] }, [
        "echoed",
        "high",
      ]),
      saysOfAnswer("in the body", { echo: ["body"] }, ["echoed", "high"]),
      saysOfAnswer("in a refusal", { status: 401, interference: "credential_rejected", echo: ["body"] }, ["echoed", "high"]),
      saysOfAnswer("on a page of a broken server", { status: 500, interference: "server_error", echo: ["body"] }, ["echoed", "high"]),
      saysOfAnswer("by a firewall", { status: 403, interference: "blocked", echo: ["header"] }, ["echoed", "high"]),
      saysOfAnswer("in the beginning of a long body", { echo: ["body"], body: { state: "truncated" } }, ["echoed", "high"]),
      saysOfAnswer("in a redirect", { status: 302, echo: ["location"] }, ["echoed", "high"]),
    ],
    "not-applicable": [
      ...[{ clientAuth: "private_key_jwt" }, { clientAuth: "tls_client_auth" }].map((token) =>
        atLogin(`a login by ${token.clientAuth}`, {}, ["not-at-login"], token),
      ),
      atLogin("a refresh token, which may be given once more", { grant: "refresh_token" }, ["not-at-login"]),
      ...shared["not-applicable"],
      {
        name: "requests that are signed with it",
        integration: { auth: { scheme: "hmac", credential: "env:ACME_KEY", neededScopes: [] } },
        observations: [response({ echo: undefined } as never)],
        expect: [["", "as-proof"]],
      },
    ],
    unobserved: [
      ...unobserved,
      atLogin("not looked for at the token endpoint", {}, ["unobserved", "evidence_ambiguous"]),
      saysOfAnswer("too short to be looked for", { echo: undefined } as never, ["unobserved", "evidence_ambiguous"]),
      saysOfAnswer("the rest of the body was not read", { body: { state: "truncated" } }, ["unobserved", "body_truncated"]),
      saysOfAnswer("the body could not be decoded", { body: { state: "undecodable" } }, ["unobserved", "body_undecodable"]),
    ],
    hostile: [saysOfAnswer("everywhere", { echo: ["body", "location", "set-cookie", "header"] }, ["echoed", "high"])],
  },
  () => {
    test("names the places and nothing else", () => {
      const [result] = runCase(credentialEchoed, { name: "", observations: [response({ echo: ["body", "header"] })], expect: [] });
      expect(result?.message).toBe("The credential, or the end of it, stands in the body and a header of the answer.");
    });
  },
);
