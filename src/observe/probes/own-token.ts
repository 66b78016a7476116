import type { UnobservedReason } from "../../model/reason.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Secret } from "../../model/secret.ts";
import type { Target } from "../../model/target.ts";
import { notAsked, observation } from "./outcome.ts";
import type { Probe } from "./probe.ts";

export interface OwnTokenQuestion {
  /** The API that it is for. */
  readonly target: Target;
  /** What was declared that it is for. */
  readonly audiences: readonly string[];
  readonly token: Result<Secret, UnobservedReason>;
  /** It was given to this audit when it logged in. */
  readonly fromLogin: boolean;
  /** Epoch milliseconds. */
  readonly firstSeenAt?: number;
}

/** The token that our clients show, looked at here: nobody is asked, and nothing is sent. */
export const ownTokenProbe: Probe<"token", OwnTokenQuestion> = {
  id: "token",
  kind: "token",
  bound: () => ({ connections: 0, requests: 0 }),
  observe: ({ target: { origin, host }, audiences, token, fromLogin, firstSeenAt }, context) =>
    observation(ownTokenProbe, { origin }, context, async () => {
      if (!token.ok) return notAsked(token.error);
      const { ownTokenFacts } = await import("../classify/own-credential.ts");
      const facts = ownTokenFacts(token.value, { host, audiences });
      return ok({ ...facts, ...(fromLogin && { fromLogin }), ...(firstSeenAt !== undefined && { firstSeenAt }) });
    }),
};
