import type { Band } from "./auth-strength.ts";
import type { DataClass } from "./data-class.ts";
import type { Instant } from "./instant.ts";
import type { Criticality } from "./integration.ts";
import type { CredentialRole, KnownCredential } from "./own-credential.ts";
import type { UnobservedReason } from "./reason.ts";
import type { Visibility } from "./report.ts";
import type { Severity } from "./severity.ts";

export const BREACH_RESPONSE_SCHEMA_VERSION = "1.0.0";

/** `apirisk respond --provider NAME --json`. Instants are epoch milliseconds UTC. */
export interface BreachResponse {
  readonly schemaVersion: string;
  readonly at: Instant;
  /** As it was asked for. */
  readonly provider: string;
  /** The file that was read; null where there was none. */
  readonly inventory: string | null;
  /** Whether there was a history to read. */
  readonly history: boolean;
  /** Whose provider it is; what is worst to lose first. */
  readonly hit: readonly HitIntegration[];
  /** In the order in which to change them. */
  readonly rotation: readonly RotationStep[];
  /** Integrations of others that depend on it. */
  readonly dependants: readonly Dependant[];
  readonly unknown: readonly Unknown[];
  readonly further: readonly FurtherStep[];
}

export interface HitIntegration {
  readonly id: string;
  readonly name: string;
  readonly matched: readonly ProviderMatch[];
  readonly standing: Standing;
  readonly provider: { readonly name: string; readonly url: string | null } | null;
  readonly urls: readonly string[];
  readonly owner: string | null;
  readonly environment: string;
  readonly criticality: Criticality;
  readonly tags: readonly string[];
  /** `found`: in the newest answer of each endpoint; null where no answer was seen. */
  readonly dataClasses: { readonly declared: readonly DataClass[]; readonly found: readonly DataClass[] | null };
  readonly auth: { readonly scheme: string | null; readonly weakest: Band | null; readonly strongest: Band | null };
  readonly credentials: readonly HitCredential[];
  readonly scopes: HitScopes;
  /** Open ones by severity; null where it was never audited. */
  readonly findings: Partial<Readonly<Record<Severity, number>>> | null;
  readonly worstFinding: Severity | null;
  readonly lastAudit: { readonly at: Instant; readonly visibility: Visibility; readonly seenAt: Instant | null } | null;
}

/** By what NAME is this one's provider; `value`: what of it was equal, or lies below it. */
export interface ProviderMatch {
  readonly by: MatchKind;
  readonly value: string;
}
export const MATCH_KINDS = ["provider", "id", "name", "base-url", "additional-url", "token-url", "known-provider"] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

/**
 * `declared` in the inventory that was read; `removed`: history knows it, and the inventory does not have it (any more); `remembered`: history
 * knows it, and no inventory was read.
 */
export const STANDINGS = ["declared", "removed", "remembered"] as const;
export type Standing = (typeof STANDINGS)[number];

export const HELD_ROLES = ["clients", "audit", "client-certificate"] as const;
/** Whose it is: our clients' own, the one that audits are made with, or the certificate that clients show. */
export type HeldRole = CredentialRole | (typeof HELD_ROLES)[2];

export interface HitCredential {
  readonly role: HeldRole;
  /** As declared: pointers to secrets. Of a certificate also that of its key. */
  readonly references: readonly string[];
  /** Where it goes. */
  readonly origin: string;
  readonly age: { readonly days: number; readonly since: Instant; readonly as: "exact" | "at-least"; readonly source: AgeSource } | null;
  /** When anything was seen behind the reference for the first time: this one, or one before it. */
  readonly firstSeenAt: Instant | null;
  /** When another one than before was seen behind the reference. */
  readonly changedAt: readonly Instant[];
  /** By its prefix. */
  readonly kind: KnownCredential | null;
  readonly endsAt: Instant | null;
  /** When an audit looked for it last, where it lies; null: none ever did. */
  readonly lookedAt: Instant | null;
  /** Why it could not be read then. */
  readonly unread: UnobservedReason | null;
  /** Of `rotation`, from 1. */
  readonly step: number;
}
export type AgeSource = "provider" | "declared" | "token" | "history" | "certificate";

export interface HitScopes {
  /** Null where no answer told. */
  readonly granted: readonly string[] | null;
  /** Of which credential: audits have their own where one is declared. */
  readonly of: CredentialRole;
  readonly seenAt: Instant | null;
  /** What the worst of them lets somebody do. */
  readonly worst: Severity | null;
  readonly needed: readonly string[];
  readonly excess: readonly string[];
}

/** Credentials that are one: the same reference, or the same text. */
export interface RotationStep {
  readonly order: number;
  readonly uses: readonly CredentialUse[];
  readonly why: readonly RotationReason[];
  /** `overlap`: two may live side by side. `at-once`: they may not. `never`: it cannot be taken back. `unknown`: nobody told. */
  readonly way: RotationWay;
  /** Who told that. */
  readonly wayFrom: WayFrom | null;
  readonly where: readonly { readonly what: "documentation" | "provider"; readonly of: string; readonly url: string }[];
  /** When it was seen to change last. */
  readonly changedAt: Instant | null;
}

export interface CredentialUse {
  readonly integration: string;
  readonly provider: string | null;
  readonly environment: string;
  readonly owner: string | null;
  readonly role: HeldRole;
  readonly references: readonly string[];
  readonly origin: string;
  /** The integration is one of `hit`. */
  readonly hit: boolean;
}

/** Counts are of integrations. */
export type RotationReason =
  | { readonly what: "shared-elsewhere"; readonly count: number }
  | { readonly what: "across-environments"; readonly count: number }
  | { readonly what: "production" }
  | { readonly what: "scopes"; readonly severity: Severity; readonly scopes: readonly string[] }
  | { readonly what: "criticality"; readonly criticality: Criticality }
  | { readonly what: "data"; readonly classes: readonly DataClass[] }
  | { readonly what: "issued-by-provider"; readonly prefix: string }
  | { readonly what: "sent-to-provider"; readonly host: string };

export type WayFrom = "declared" | "provider";
export const ROTATION_WAYS = ["overlap", "at-once", "never", "unknown"] as const;
export type RotationWay = (typeof ROTATION_WAYS)[number];

/** Somebody else's API that leans on the provider; `value` says with what. */
export interface Dependant {
  readonly integration: string;
  readonly provider: string | null;
  readonly environment: string;
  readonly owner: string | null;
  readonly standing: Standing;
  readonly reasons: readonly { readonly by: DependantReason; readonly value: string; readonly seenAt: Instant | null }[];
}
export const DEPENDANT_REASONS = ["token-url", "same-domain", "hosting", "credential"] as const;
/** It logs in there; it has a host of the same domain; its name leads there; its credential looks like one that the provider makes. */
export type DependantReason = (typeof DEPENDANT_REASONS)[number];

/** What nobody can tell from here. Unknown is not clean. */
export interface Unknown {
  readonly what: UnknownWhat;
  /** Of which integrations; none where it is about the whole. */
  readonly integrations: readonly string[];
  /** How many, of whatever it is about. */
  readonly count: number;
}
export const UNKNOWNS = [
  "no-history",
  "no-inventory",
  "never-audited",
  "not-seen",
  "stale",
  "nothing-declared",
  "not-looked-at",
  "not-bound",
  "unreadable",
  "not-compared",
  "age",
  "scopes",
  "data",
  "hosting",
  "declaration",
] as const;
export type UnknownWhat = (typeof UNKNOWNS)[number];

export type FurtherStep =
  | { readonly what: "read-logs"; readonly since: Instant | null; readonly atLeast: boolean }
  | { readonly what: "others-that-share"; readonly integrations: readonly string[] }
  | { readonly what: "audit-twins"; readonly integrations: readonly string[] }
  | { readonly what: "data-told"; readonly classes: readonly DataClass[] }
  | { readonly what: "ask-provider" }
  | { readonly what: "audit-again"; readonly integrations: readonly string[] };
