import type { HeldCredential } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import type { Integration } from "../../src/model/integration.ts";
import { aHeldCredential, heldCredential, unseen } from "./builders.ts";
import type { RuleCase } from "./rule-cases.ts";

export const BEARER: Partial<Integration> = { auth: { scheme: "bearer", credential: "env:ACME_KEY", neededScopes: [] } };

export function says(name: string, held: Partial<HeldCredential>, ...said: readonly string[]): RuleCase {
  return asked(name, BEARER, heldCredential(held), ...said);
}

export function asked(name: string, integration: Partial<Integration>, observation: Observation, ...said: readonly string[]): RuleCase {
  const expected = ["credential", ...said] as unknown as RuleCase["expect"][number];
  return { name, integration, observations: [observation], expect: [expected] };
}

/** A key of that provider; `host` is where it goes. */
export function keyOf(
  provider: string,
  prefix: string,
  kind: NonNullable<HeldCredential["known"]>["class"] = "secret",
): Partial<HeldCredential> {
  return { known: { provider, prefix, class: kind } };
}

/** What every rule about a credential of ours answers alike. */
export const commonCases: { readonly [K in "not-applicable" | "unobserved" | "hostile"]: readonly RuleCase[] } = {
  "not-applicable": [
    { name: "none is declared", integration: { auth: { neededScopes: [] } }, expect: [["", "no-credential"]] },
    {
      name: "none is needed",
      integration: { auth: { scheme: "none", credential: "env:ACME_KEY", neededScopes: [] } },
      expect: [["", "no-credential"]],
    },
  ],
  unobserved: [
    says("not bound", { reason: "credential_not_bound" }, "unobserved", "credential_not_bound"),
    asked("a bug", BEARER, unseen("credential", "internal", {}, "failed"), "unobserved", "internal"),
    { name: "nobody looked", integration: BEARER, expect: [["credential", "unobserved", "not_requested"]] },
    {
      name: "the audit's twin was declared since",
      integration: { auth: { scheme: "bearer", credential: "env:ACME_KEY", auditCredential: "env:ACME_AUDIT", neededScopes: [] } },
      observations: [heldCredential({ reason: "credential_unavailable" })],
      expect: [
        ["audit-credential", "unobserved", "evidence_missing"],
        ["credential", "unobserved", "credential_unavailable"],
      ],
    },
  ],
  hostile: [says("of another role than any that is declared", { ...aHeldCredential(), role: "audit" }, "unobserved", "evidence_missing")],
};

/** For questions about what a key looks like. */
export const knownCases: typeof commonCases = {
  ...commonCases,
  "not-applicable": [
    ...commonCases["not-applicable"],
    says("of no known kind", {}, "unknown-kind"),
    says("of two zeros and whatever follows", keyOf("okta", "00", "personal"), "unknown-kind"),
    says("of a kind that is known no more", keyOf("nobody", "zz_"), "unknown-kind"),
  ],
};
