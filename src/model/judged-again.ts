import type { Cause, ChangeSide, VerdictRecord } from "./finding.ts";

/** What is said of stored evidence today, where that is not what was said then. */
export interface AgainDifference {
  /** Integration id. */
  readonly integration: string;
  readonly rule: string;
  readonly subject: string;
  /** Empty where nobody asked. */
  readonly before: ChangeSide;
  readonly after: ChangeSide;
  /** Never the provider's doing, nor time's: evidence and clock are those of then. */
  readonly why: Extract<Cause, "rules" | "config" | "tool">;
}

/** Questions of one audit, or of many, each on one side. */
export interface AgainCounts {
  /** The sum of the others. */
  readonly judged: number;
  readonly equal: number;
  readonly different: number;
  /** What was known then cannot be told from what is left of the evidence. */
  readonly unobserved: number;
}

export type Said = Pick<VerdictRecord, "verdict" | "outcome" | "severity" | "reason">;

export const NOTHING_JUDGED: AgainCounts = { judged: 0, equal: 0, different: 0, unobserved: 0 };

export function addCounts(a: AgainCounts, b: AgainCounts): AgainCounts {
  return {
    judged: a.judged + b.judged,
    equal: a.equal + b.equal,
    different: a.different + b.different,
    unobserved: a.unobserved + b.unobserved,
  };
}

/** The same verdict for the same reason; words may differ with the day. */
export function saysTheSame(one: Said, other: Said): boolean {
  return one.verdict === other.verdict && one.outcome === other.outcome && one.severity === other.severity && one.reason === other.reason;
}

export function sideSaid(said: Said | undefined): ChangeSide {
  if (said === undefined) return {};
  const { verdict, outcome, severity, reason } = said;
  return { verdict, outcome, ...(severity === undefined ? {} : { severity }), ...(reason === undefined ? {} : { reason }) };
}
