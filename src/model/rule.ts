import type { UnobservedReason } from "./reason.ts";
import type { Severity } from "./severity.ts";

export const RULE_FAMILIES = ["tls", "certificate", "domain", "auth", "credential", "header", "data", "lifecycle", "inventory"] as const;
export type RuleFamily = (typeof RULE_FAMILIES)[number];

export const VERDICTS = ["pass", "fail", "not-applicable", "unobserved", "error"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a consumer can do; they cannot mend the provider. */
export const REMEDIATION_VERBS = ["switch", "narrow", "rotate", "move", "compensate", "ask", "accept", "declare"] as const;
export type RemediationVerb = (typeof REMEDIATION_VERBS)[number];

export interface Citation {
  /** "RFC 5280 4.1.2.5" */
  readonly id: string;
  readonly url: string;
}

/** What is known of a rule without running it: printed by `rule list`, `rule explain` and docs/rules.md. */
export interface RuleMeta {
  /** family/name, equal to the path of its file under judge/rules. */
  readonly id: string;
  /** Bumped when the meaning changes. */
  readonly revision: number;
  /** Said when it passes. */
  readonly title: string;
  /** Said when it fails. */
  readonly failureTitle: string;
  /** Why anyone should care. */
  readonly rationale: string;
  readonly remediation: Remediation;
  /** The worst that this rule can say. */
  readonly severity: Severity;
  /** Base likelihood 1..5 of the risk matrix: expert opinion (facts/inventory.md 4.2). */
  readonly likelihood: number;
  readonly citations: readonly Citation[];
  readonly cwe: readonly string[];
  readonly owasp: readonly string[];
  readonly controls: readonly string[];
  /** Observations in a row that must fail before it is believed; 1 where one sight is proof. */
  readonly confirm: number;
  /** ISO days; outside of them the rule is not applicable. */
  readonly effectiveFrom?: string;
  readonly effectiveUntil?: string;
  /** Former ids of the same question. */
  readonly aliases?: readonly string[];
}

export interface Remediation {
  readonly verb: RemediationVerb;
  /** The consumer can do it without the provider. */
  readonly alone: boolean;
  readonly effort: "low" | "medium" | "high";
  readonly text: string;
}

/** One judged question: a row of the verdict table, and of a finding when it fails. */
export interface JudgedResult {
  readonly rule: string;
  readonly ruleRevision: number;
  /** Canonical and closed vocabulary; see docs/rules.md. Never text from outside that was not made canonical. */
  readonly subject: string;
  readonly verdict: Verdict;
  readonly outcome: string;
  /** With `unobserved`. */
  readonly reason?: UnobservedReason;
  /** With `fail`: after outcome and policy. */
  readonly severity?: Severity;
  /** With `fail`. */
  readonly title?: string;
  readonly message?: string;
  /** 0..1 */
  readonly confidence: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly evidence: readonly EvidenceReference[];
}

export interface EvidenceReference {
  readonly kind: string;
  /** Canonical text of the observation key. */
  readonly key: string;
  /** JSON Pointer into the evidence. */
  readonly pointer: string;
  readonly summary: string;
  /** SHA-256 of the evidence's content, filled in by the engine. */
  readonly hash?: string;
}
