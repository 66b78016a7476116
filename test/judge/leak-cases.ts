import type { HeadFacts, LeakKind } from "../../src/model/head-facts.ts";
import { anEndpoint, response, SECOND_ORIGIN, unseen } from "./builders.ts";
import { withHead } from "./head-cases.ts";
import type { RuleCase, RuleCases } from "./rule-cases.ts";

/** An answer whose field `x-a` gives so much away. */
export const leaky = (kinds: readonly LeakKind[], field = "x-a"): Partial<HeadFacts> => ({
  leaks: kinds.map((what) => ({ field, what })),
});

export const leaksIn = (name: string, kinds: readonly LeakKind[], said: RuleCase["expect"][number]): RuleCase => ({
  name,
  observations: [withHead(leaky(kinds))],
  expect: [said],
});

interface LeakRule {
  /** What is said where nothing is found. */
  readonly clean: string;
  /** One that it asks for, with what it says then, and one that it does not. */
  readonly kind: LeakKind;
  readonly outcome: string;
  readonly severity: string;
  readonly other: LeakKind;
}

/** What every rule about leaks in headers says alike. */
export function leakCases({ clean, kind, other, outcome, severity }: LeakRule): Omit<RuleCases, "fail"> {
  const known = ["header:x-a"];
  return {
    pass: [
      { name: "nothing is given away", observations: [withHead({})], expect: [["headers", clean]] },
      { name: "something else is given away", observations: [withHead(leaky([other]))], expect: [["headers", clean]] },
      {
        name: "gone since the last time",
        observations: [withHead({})],
        known,
        expect: [
          ["header:x-a", clean],
          ["headers", clean],
        ],
      },
    ],
    "not-applicable": [
      {
        name: "nothing is ever asked",
        integration: { endpoints: [] },
        known,
        expect: [
          ["", "no-endpoint"],
          ["header:x-a", "no-endpoint"],
        ],
      },
    ],
    unobserved: [
      { name: "nobody asked", expect: [["headers", "unobserved", "not_requested"]] },
      {
        name: "no answer",
        observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
        known,
        expect: [
          ["header:x-a", "unobserved", "http_timeout"],
          ["headers", "unobserved", "http_timeout"],
        ],
      },
      {
        name: "what a firewall gives away is not the API's",
        observations: [withHead(leaky([kind]), { status: 403, interference: "blocked" })],
        known,
        expect: [
          ["header:x-a", "unobserved", "blocked"],
          ["headers", "unobserved", "blocked"],
        ],
      },
      {
        name: "nothing in a refusal says that it is gone",
        observations: [withHead({}, { status: 401, interference: "credential_rejected" })],
        known,
        expect: [
          ["header:x-a", "unobserved", "credential_rejected"],
          ["headers", "unobserved", "credential_rejected"],
        ],
      },
      {
        name: "nobody looked at the head",
        observations: [response({ head: undefined } as never)],
        expect: [["headers", "unobserved", "evidence_missing"]],
      },
      {
        name: "evidence of before",
        observations: [{ ...withHead({}), storedAs: { hash: "", kind: "http-response", version: 3, json: "" } } as never],
        expect: [["headers", "unobserved", "evidence_too_old"]],
      },
    ],
    hostile: [
      {
        name: "in a refusal, at a second endpoint and at another origin, once for each origin",
        integration: { endpoints: [anEndpoint(), anEndpoint({ id: "show" })], additionalUrls: [{ url: `${SECOND_ORIGIN}/v1` }] },
        observations: [
          withHead(leaky([kind]), { status: 401, interference: "credential_rejected" }),
          { ...withHead(leaky([kind])), key: { origin: "https://api.acme.example", endpoint: "show" } } as never,
          { ...withHead(leaky([kind])), key: { origin: SECOND_ORIGIN, endpoint: "list" } } as never,
        ],
        expect: [
          ["header:x-a", outcome, severity],
          ["header:x-a@eu.acme.example:8443", outcome, severity],
          ["headers", "unobserved", "credential_rejected"],
        ],
      },
    ],
  };
}
