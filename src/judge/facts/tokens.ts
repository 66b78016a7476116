import type { TokenEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import { showsToken } from "../../model/own-credential.ts";
import type { TokenClaims, TokenHeader } from "../../model/token.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";

export interface TokenInput {
  readonly integration: Integration;
  readonly observations: { readonly token: readonly Observation<"token">[] };
}

/** A token with a header that can be read. */
export type Jwt = TokenEvidence & { readonly header: TokenHeader /** Epoch milliseconds. */; readonly observedAt: number };
export type ReadableJwt = Jwt & { readonly claims: TokenClaims };

/** Outcomes of every question about tokens, about headers, about signatures, and about claims. */
export const ABOUT_TOKENS = {
  "no-token": { verdict: "not-applicable", message: () => "What our clients show is no token, or none is declared." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;
export const ABOUT_HEADERS = {
  ...ABOUT_TOKENS,
  "not-jwt": { verdict: "not-applicable", message: () => "The token is no JWT." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;
export const ABOUT_SIGNATURES = {
  ...ABOUT_HEADERS,
  encrypted: { verdict: "not-applicable", message: () => "The token is encrypted for whoever reads it: what it says is not for us." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;
export const ABOUT_CLAIMS = {
  ...ABOUT_SIGNATURES,
  "no-claims": { verdict: "not-applicable", message: () => "The token carries something else than claims." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

export function eachToken<O extends string>(
  { integration, observations }: TokenInput,
  answer: (token: TokenEvidence, observation: Observation<"token">) => Answer<O>,
): readonly RuleResult<O | "no-token">[] {
  if (observations.token.length === 0 && !showsToken(integration)) return [{ outcome: "no-token", subject: "token" }];
  return answerEach("token", observations.token, answer);
}

export function eachHeader<O extends string>(
  input: TokenInput,
  answer: (token: Jwt) => Answer<O>,
): readonly RuleResult<O | "no-token" | "not-jwt">[] {
  return eachToken<O | "not-jwt">(input, (token, { observedAt }) => {
    const { header, format } = token;
    if (header === undefined) return { outcome: "not-jwt", pointer: "/format", summary: format };
    return answer({ ...token, header, observedAt });
  });
}

export function eachSignature<O extends string>(
  input: TokenInput,
  answer: (token: Jwt) => Answer<O>,
): readonly RuleResult<O | "no-token" | "not-jwt" | "encrypted">[] {
  return eachHeader<O | "encrypted">(input, (token) =>
    token.format === "jwe" ? { outcome: "encrypted", pointer: "/format", summary: token.format } : answer(token),
  );
}

export function eachClaims<O extends string>(
  input: TokenInput,
  answer: (token: ReadableJwt) => Answer<O>,
): readonly RuleResult<O | "no-token" | "not-jwt" | "encrypted" | "no-claims">[] {
  return eachSignature<O | "no-claims">(input, (token) => {
    const { claims } = token;
    return claims === undefined ? { outcome: "no-claims", pointer: "/format", summary: token.format } : answer({ ...token, claims });
  });
}

/** A proof that a key is there (RFC 9449 section 4.2): it is made for one request, and brings its key along. */
export function isProof({ header }: Jwt): boolean {
  return header.typ === "dpop+jwt";
}

/** Clocks of two machines differ by so much: milliseconds. */
export const SKEW = 60_000;
