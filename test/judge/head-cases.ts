import type { HeadFacts } from "../../src/model/head-facts.ts";
import { type Answer, QUIET_HEAD, response, unseen } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

/** An answer whose head says so much. */
export const withHead = (head: Partial<HeadFacts>, raw: Answer = {}) => response({ ...raw, head: { ...QUIET_HEAD, ...head } });

export const saysOfHead = (
  name: string,
  head: Partial<HeadFacts>,
  said: readonly [outcome: string, more?: string],
  raw: Answer = {},
): RuleCase => ({
  name,
  observations: [withHead(head, raw)],
  expect: [["endpoint:list", ...said] as unknown as RuleCase["expect"][number]],
});

/** What every rule about heads says alike; `nothing` is what it says of an answer of no interest. */
export function headCases(nothing: string): { readonly [K in "pass" | "not-applicable" | "unobserved"]: readonly RuleCase[] } {
  return {
    pass: [saysOfHead("nothing to see", {}, [nothing])],
    "not-applicable": [
      { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
      {
        name: "an endpoint that left the inventory",
        observations: [withHead({})],
        known: ["endpoint:gone"],
        expect: [
          ["endpoint:gone", "no-endpoint"],
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
      ...(["rate_limited", "blocked", "server_error"] as const).map((interference) =>
        saysOfHead(`somebody else: ${interference}`, {}, ["unobserved", interference], { status: 503, interference }),
      ),
      saysOfHead("our credential was turned down", {}, ["unobserved", "credential_rejected"], {
        status: 401,
        interference: "credential_rejected",
      }),
      {
        name: "evidence of before",
        observations: [{ ...withHead({}), storedAs: { hash: "", kind: "http-response", version: 3, json: "" } } as never],
        expect: [["endpoint:list", "unobserved", "evidence_too_old"]],
      },
    ],
  };
}
