import type { Integration } from "../../src/model/integration.ts";
import { response, unseen } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

export const KEY_IN_HEADER: Partial<Integration> = {
  auth: { scheme: "api-key", in: "header", name: "X-API-Key", credential: "env:KEY", neededScopes: [] },
};

export const saysOfAnswer = (
  name: string,
  raw: Parameters<typeof response>[0],
  said: readonly [outcome: string, more?: string],
  integration: Partial<Integration> = {},
): RuleCase => ({
  name,
  integration,
  observations: [response(raw)],
  expect: [["endpoint:list", ...said] as unknown as RuleCase["expect"][number]],
});

/** What every rule about the answers that our credential gets says alike; `nothing` is what it says of an answer of no interest. */
export function answerCases(nothing: string): { readonly [K in "not-applicable" | "unobserved"]: readonly RuleCase[] } {
  return {
    "not-applicable": [
      { name: "open by design", integration: { auth: { scheme: "none", neededScopes: [] } }, expect: [["", "no-credential"]] },
      { name: "nothing declared", integration: { auth: { neededScopes: [] } }, expect: [["", "no-credential"]] },
      { name: "a client certificate", integration: { auth: { scheme: "mtls", neededScopes: [] } }, expect: [["", "no-credential"]] },
      {
        name: "an endpoint that left the inventory",
        observations: [response()],
        known: ["endpoint:gone"],
        expect: [
          ["endpoint:gone", "not-declared"],
          ["endpoint:list", nothing],
        ],
      },
    ],
    unobserved: [
      { name: "nobody asked", expect: [["endpoint:list", "unobserved", "not_requested"]] },
      {
        name: "no answer",
        observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
        expect: [["endpoint:list", "unobserved", "http_timeout"]],
      },
      saysOfAnswer("without the credential", { credential: { state: "none" } }, ["unobserved", "credential_withheld"]),
      saysOfAnswer("not bound", { credential: { state: "withheld", reason: "credential_not_bound" } }, [
        "unobserved",
        "credential_not_bound",
      ]),
      ...(["rate_limited", "blocked", "server_error"] as const).map((interference) =>
        saysOfAnswer(`somebody else: ${interference}`, { status: 503, interference }, ["unobserved", interference]),
      ),
      {
        name: "evidence of before",
        observations: [{ ...response(), storedAs: { hash: "", kind: "http-response", version: 2, json: "" } } as never],
        expect: [["endpoint:list", "unobserved", "evidence_too_old"]],
      },
    ],
  };
}
