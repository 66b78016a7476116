import type { IntegrationAuth } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { NOTHING_DECLARED } from "./auth-assessment.ts";

/** Outcomes of every question about one OAuth grant. */
export const OTHER_GRANT = {
  "another-grant": { verdict: "pass", message: () => "Another grant is declared." },
  "not-oauth": { verdict: "not-applicable", message: () => "The scheme is no OAuth grant." },
  ...NOTHING_DECLARED,
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** Where it is not the grant in question. */
export function otherGrant({ scheme, token }: IntegrationAuth): RuleResult<keyof typeof OTHER_GRANT> {
  const isNamed = scheme?.startsWith("oauth2-") === true || (scheme === "jwt-bearer" && token !== undefined);
  if (isNamed) return { outcome: "another-grant", subject: "" };
  // Tokens come from somewhere, by a grant that nobody named.
  if (token !== undefined) return { outcome: "unobserved", subject: "", reason: "evidence_missing" };
  return { outcome: scheme === undefined ? "nothing-declared" : "not-oauth", subject: "" };
}
