import type { TokenResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { AuthScheme, Integration, IntegrationAuth } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";
import { goneAnswer } from "./authenticated-answers.ts";

export interface TokenInput {
  readonly integration: Integration;
  readonly observations: { readonly "token-response": readonly Observation<"token-response">[] };
}

/** Outcomes of every question about how we log in. */
export const ABOUT_LOGINS = {
  "no-login": { verdict: "not-applicable", message: () => "No login by a token URL is declared that an audit can do." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** For `applies`. */
export function withoutLogin({ integration: { auth } }: Pick<TokenInput, "integration">): "no-login" | undefined {
  return auth.token !== undefined && LOGGED_IN.has(auth.scheme) ? undefined : "no-login";
}

/** One subject: there is one login. What somebody before the server said is not the server's word. */
export function aboutLogin<O extends string>(
  { observations }: TokenInput,
  answer: (evidence: TokenResponseEvidence) => Answer<O>,
): readonly RuleResult<O>[] {
  return answerEach<"token-response", O>(LOGIN, observations["token-response"], (evidence) =>
    evidence.interference === undefined
      ? answer(evidence)
      : { outcome: "unobserved", reason: evidence.interference, pointer: "/status", summary: `status ${evidence.status}` },
  );
}

/** For rules about answers of endpoints: the login beside them, where one is declared; whoever spoke. */
export function besideLogin<O extends string>(
  input: TokenInput,
  answer: (evidence: TokenResponseEvidence) => Answer<O>,
): readonly RuleResult<O>[] {
  return withoutLogin(input) === undefined ? answerEach<"token-response", O>(LOGIN, input.observations["token-response"], answer) : [];
}

/** For `absent` of those. */
export function goneAnswerOrLogin(subject: string, input: Pick<TokenInput, "integration">): RuleResult<"not-declared"> {
  return subject === LOGIN && withoutLogin(input) !== undefined ? { outcome: "not-declared", subject } : goneAnswer(subject, input);
}

/** Whether the client's secret itself goes to the token endpoint. */
export function sendsSecret(token: IntegrationAuth["token"]): boolean {
  return token?.clientAuth === "client_secret_basic" || token?.clientAuth === "client_secret_post";
}

const LOGIN = "login";
const LOGGED_IN: ReadonlySet<AuthScheme | undefined> = new Set(["oauth2-client-credentials", "oauth2-code", "jwt-bearer"] as const);
