import type { Observation } from "../../src/evidence/observation.ts";
import type { TokenHeader } from "../../src/model/token.ts";
import { opaqueToken, token, unseen } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

export const says = (name: string, observation: Observation, ...said: readonly string[]): RuleCase => ({
  name,
  observations: [observation],
  expect: [["token", ...said] as unknown as RuleCase["expect"][number]],
});

export const HEADER: TokenHeader = { alg: "ES256", typ: "at+jwt", kid: "safe", keys: [] };
/** It does not say that it is an access token. */
export const TYPED = { header: { ...HEADER, typ: "jwt" } } as const;
export const PROOF = { header: { ...HEADER, typ: "dpop+jwt" } } as const;
export const NO_AUDIENCE = { services: 0, any: false, match: "absent" } as const;

export const signedWith = (alg: string, signatureBytes = 64) => token({ header: { ...HEADER, alg }, signatureBytes });
export const encryptedWith = (alg: string) =>
  token({ format: "jwe", header: { ...HEADER, alg }, claims: undefined, signatureBytes: undefined });
export const keyed = (...keys: TokenHeader["keys"]) => token({ header: { ...HEADER, keys } });

export const ABOUT_TOKENS: readonly RuleCase[] = [
  {
    name: "a password, which is no token",
    integration: { auth: { scheme: "basic", credential: "env:ACME_KEY", neededScopes: [] } },
    expect: [["token", "no-token"]],
  },
];
export const ABOUT_HEADERS: readonly RuleCase[] = [...ABOUT_TOKENS, says("an opaque token", opaqueToken(), "not-jwt")];
export const ABOUT_SIGNATURES: readonly RuleCase[] = [...ABOUT_HEADERS, says("an encrypted one", encryptedWith("dir"), "encrypted")];
export const ABOUT_CLAIMS: readonly RuleCase[] = [
  ...ABOUT_SIGNATURES,
  says("a signed text that is no claims", token({ claims: undefined }), "no-claims"),
];

export const UNSEEN: readonly RuleCase[] = [
  { name: "nobody looked at a token", expect: [["token", "unobserved", "not_requested"]] },
  says("the token cannot be had", unseen("token", "credential_unavailable"), "unobserved", "credential_unavailable"),
];
