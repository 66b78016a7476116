import { response, unseen, withoutCredential } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

/** A refusal with this WWW-Authenticate field, or with none. */
export const asksFor = (field: string | undefined, status = 401) =>
  withoutCredential({ status, headers: field === undefined ? [] : [["www-authenticate", field]] });

/** A case of one refusal, of an integration that is declared so. */
export const sayingOf =
  (integration: RuleCase["integration"] & object) =>
  (field: string | undefined, ...said: readonly string[]): RuleCase => ({
    name: String(field).slice(0, 60),
    integration,
    observations: [asksFor(field)],
    expect: [["endpoint:list", ...said] as unknown as RuleCase["expect"][number]],
  });

/** What every rule about challenges answers alike; `passed` is what it says of `Bearer`, asked for of a client that uses it. */
export function challengeCases(passed: string): { readonly [K in "pass" | "not-applicable" | "unobserved"]: readonly RuleCase[] } {
  return {
    pass: [
      { name: "Bearer", observations: [asksFor("Bearer")], expect: [["endpoint:list", passed]] },
      {
        name: "Bearer, asked for with our credential as well",
        observations: [asksFor("Bearer"), response({ status: 401, headers: { "www-authenticate": 'Bearer error="invalid_token"' } })],
        expect: [["endpoint:list", passed]],
      },
    ],
    "not-applicable": [
      {
        name: "a refusal without a question",
        observations: [withoutCredential({ status: 403 })],
        expect: [["endpoint:list", "not-challenged"]],
      },
      { name: "no refusal", observations: [withoutCredential({ status: 200 }), response()], expect: [["endpoint:list", "not-challenged"]] },
      {
        name: "an endpoint that left the inventory",
        observations: [asksFor("Bearer")],
        known: ["endpoint:gone"],
        expect: [
          ["endpoint:gone", "not-declared"],
          ["endpoint:list", passed],
        ],
      },
    ],
    unobserved: [
      {
        name: "nobody asked without the credential",
        observations: [response()],
        expect: [["endpoint:list", "unobserved", "not_requested"]],
      },
      {
        name: "no answer without the credential",
        observations: [unseen("http-unauthenticated", "connect_timeout", { endpoint: "list" })],
        expect: [["endpoint:list", "unobserved", "connect_timeout"]],
      },
      ...(["rate_limited", "blocked", "server_error"] as const).map((interference) => ({
        name: `somebody else refused: ${interference}`,
        observations: [withoutCredential({ status: 401, interference, headers: [["www-authenticate", "Basic"]] })],
        expect: [["endpoint:list", "unobserved", interference] as const],
      })),
    ],
  };
}
