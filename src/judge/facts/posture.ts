import type { HttpNotFoundEvidence, HttpPreflightEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";

/** Outcomes of every question about how the API behaves where nobody calls it. */
export const ABOUT_POSTURE = {
  "ad-hoc": { verdict: "not-applicable", message: () => "An address that nobody declared is asked for nothing beside itself." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** For `applies`. */
export function whereNobodyDeclared({ integration }: { readonly integration: Integration }): "ad-hoc" | undefined {
  return integration.adHoc ? "ad-hoc" : undefined;
}

/** An answer to a path that is nobody's: `errs` where it says so with a status, which a page for everything does not. */
export interface SeenNotFound {
  readonly evidence: HttpNotFoundEvidence;
  readonly errs: boolean;
}

interface NotFoundInput {
  readonly observations: { readonly "http-not-found": readonly Observation<"http-not-found">[] };
}

/** What a limiter or a firewall says is not the API's word. `judge` gives undefined where there is nothing to say. */
export function overNotFound<C extends string, O extends string>(
  { observations }: NotFoundInput,
  clean: Answer<C>,
  judge: (seen: SeenNotFound) => Answer<O> | undefined,
): readonly RuleResult<C | O>[] {
  return answerEach<"http-not-found", C | O>("not-found", observations["http-not-found"], (evidence) => {
    const { status, interference } = evidence;
    const at = { pointer: "/status", summary: `status ${status}` };
    if (interference === "rate_limited" || interference === "blocked") return { outcome: "unobserved", reason: interference, ...at };
    const errs = status >= 400;
    const said = judge({ evidence, errs });
    if (said !== undefined) return said;
    // A gateway's page says nothing of the API's own errors, and neither does a page for everything, nor half of one.
    if (interference !== undefined) return { outcome: "unobserved", reason: interference, ...at };
    if (evidence.cut === true) return { outcome: "unobserved", reason: "body_truncated", ...at };
    return errs && evidence.page !== undefined ? clean : { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  });
}

interface CorsInput extends NotFoundInput {
  readonly observations: NotFoundInput["observations"] & { readonly "http-preflight": readonly Observation<"http-preflight">[] };
}

/**
 * The question of a browser and a GET that names an origin: whoever answers only one of them so is told by that one. What is not allowed by somebody
 * else's answer, a gateway's among them, may be allowed by the API's.
 */
export function overCors<C extends string, O extends string>(
  { observations }: CorsInput,
  clean: Answer<C>,
  judge: (evidence: HttpNotFoundEvidence | HttpPreflightEvidence) => Answer<O> | undefined,
): readonly RuleResult<C | O>[] {
  const heard = (evidence: HttpNotFoundEvidence | HttpPreflightEvidence): Answer<C | O> => {
    const { status, interference } = evidence;
    const isForeign = interference === "rate_limited" || interference === "blocked";
    const said = isForeign ? undefined : judge(evidence);
    if (said !== undefined) return said;
    return interference === undefined
      ? clean
      : { outcome: "unobserved", reason: interference, pointer: "/status", summary: `status ${status}` };
  };
  const kinds = [observations["http-preflight"], observations["http-not-found"]].filter((asked) => asked.length > 0);
  if (kinds.length === 0) return [{ outcome: "unobserved", subject: "cors", reason: "not_requested" }];
  return [
    ...(observations["http-preflight"].length === 0
      ? []
      : answerEach<"http-preflight", C | O>("cors", observations["http-preflight"], heard)),
    ...(observations["http-not-found"].length === 0
      ? []
      : answerEach<"http-not-found", C | O>("cors", observations["http-not-found"], heard)),
  ];
}
