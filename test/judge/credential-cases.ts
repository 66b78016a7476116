import type { HeldCredential, SharedCredential } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import type { Integration } from "../../src/model/integration.ts";
import { aHeldCredential, heldCredential, unseen } from "./builders.ts";
import type { RuleCase, RuleCases } from "./rule-cases.ts";

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

/** Of a credential that goes to that host. */
export function at(host: string, name: string, held: Partial<HeldCredential>, ...said: readonly string[]): RuleCase {
  const origin = `https://${host}`;
  return asked(name, { ...BEARER, baseUrl: origin }, heldCredential(held, origin), ...said);
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

/** Of a comparison with others, of whom those in `field` count; `alone` and `severity` are what the rule says. */
export function comparedCases(field: "elsewhere" | "acrossEnvironments", alone: string, severity: string): RuleCases {
  const shared = (more: Partial<SharedCredential>) => ({
    shared: { elsewhere: 0, acrossEnvironments: 0, compared: 4, uncompared: 0, ...more },
  });
  const otherField = field === "elsewhere" ? "acrossEnvironments" : "elsewhere";
  return {
    pass: [
      says("nobody else has it", shared({}), alone),
      says("there is nobody else", shared({ compared: 0 }), alone),
      says("shared in the other sense", shared({ [otherField]: 1 }), alone),
    ],
    fail: [
      says("one other", shared({ [field]: 1 }), "shared", severity),
      says("several, and some that could not be compared", shared({ [field]: 3, uncompared: 2 }), "shared", severity),
    ],
    "not-applicable": commonCases["not-applicable"],
    unobserved: [
      ...commonCases.unobserved,
      says("some could not be compared", shared({ uncompared: 1 }), "unobserved", "evidence_missing"),
      says("some are not bound", shared({ uncompared: 1, because: "credential_not_bound" }), "unobserved", "credential_not_bound"),
      says("no fingerprint", { shared: undefined } as never, "unobserved", "evidence_missing"),
    ],
    hostile: commonCases.hostile,
  };
}
