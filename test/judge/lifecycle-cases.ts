import type { Integration } from "../../src/model/integration.ts";
import { NOW, response, unseen } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

/** An answer with these fields, of an integration that declares this. */
export const answered = (
  name: string,
  headers: Readonly<Record<string, string>>,
  said: readonly [outcome: string, more?: string],
  integration: Partial<Integration> = {},
): RuleCase => ({
  name,
  integration,
  observations: [response({ headers })],
  asOf: NOW,
  expect: [["endpoint:list", ...said] as unknown as RuleCase["expect"][number]],
});

/** What every rule about the life of an endpoint says alike; `nothing` is what it says of an answer of no interest. */
export function lifecycleCases(
  nothing: string,
  integration: Partial<Integration> = {},
): { readonly [K in "not-applicable" | "unobserved"]: readonly RuleCase[] } {
  return {
    "not-applicable": [
      { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
      {
        name: "an endpoint that left the inventory",
        integration,
        observations: [response()],
        known: ["endpoint:gone"],
        expect: [
          ["endpoint:gone", "no-endpoint"],
          ["endpoint:list", nothing],
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
      ...(["rate_limited", "blocked", "server_error", "credential_rejected"] as const).map((interference) => ({
        name: `not what our clients get: ${interference}`,
        integration,
        observations: [response({ status: 503, interference })],
        expect: [["endpoint:list", "unobserved", interference] as const],
      })),
    ],
  };
}
