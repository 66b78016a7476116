import type { Observation } from "../../src/evidence/observation.ts";
import { keySet, publishedKey, unseen } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

export const says = (name: string, observation: Observation, ...said: readonly string[]): RuleCase => ({
  name,
  observations: [observation],
  expect: [["key-set", ...said] as unknown as RuleCase["expect"][number]],
});

export const EC = publishedKey({ kty: "EC", alg: "ES256", curve: "P-256", bits: undefined, exponent: undefined });

const NO_TOKENS: RuleCase = {
  name: "a key that nobody issued tokens for",
  integration: { auth: { scheme: "api-key", neededScopes: [] } },
  expect: [["", "no-tokens"]],
};

export const MOOT: readonly RuleCase[] = [NO_TOKENS, says("no place is named for keys", keySet([], { absent: true }), "publishes-none")];

export const UNSEEN: readonly RuleCase[] = [
  { name: "nobody looked at keys", expect: [["key-set", "unobserved", "not_requested"]] },
  says("the keys cannot be had", unseen("jwks", "not_found"), "unobserved", "not_found"),
  {
    name: "the keys of another host cannot be had",
    observations: [unseen("jwks", "connect_timeout", { origin: "https://login.acme.example" })],
    expect: [["key-set", "unobserved", "connect_timeout"]],
  },
];
