import type { TokenResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { AuthScheme, Integration } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";

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
  return answerEach<"token-response", O>("login", observations["token-response"], (evidence) =>
    evidence.interference === undefined
      ? answer(evidence)
      : { outcome: "unobserved", reason: evidence.interference, pointer: "/status", summary: `status ${evidence.status}` },
  );
}

const LOGGED_IN: ReadonlySet<AuthScheme | undefined> = new Set(["oauth2-client-credentials", "oauth2-code", "jwt-bearer"] as const);
