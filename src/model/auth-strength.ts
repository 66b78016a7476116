/** How much an authentication scheme withstands, best first. */
export const BANDS = ["A", "B", "C", "D", "E", "F"] as const;
export type Band = (typeof BANDS)[number];

export const EFFORTS = ["low", "medium", "high"] as const;
export type Effort = (typeof EFFORTS)[number];

/** 0 to 10 with one decimal, and the band of just that number. */
export interface Score {
  readonly value: number;
  readonly band: Band;
}

/** From what is sure to what is possible; the same twice where nothing is unknown. */
export interface ScoreRange {
  readonly low: Score;
  readonly high: Score;
}

/** One addend of a score. */
export interface StrengthTerm {
  readonly question: string;
  /** "steals what we store": completes "somebody who". */
  readonly asks: string;
  readonly weight: number;
  readonly low: TermLevel;
  readonly high: TermLevel;
  /** Keys of the inventory that would tell which of both it is. */
  readonly unknown: readonly string[];
}

export interface TermLevel {
  readonly level: string;
  /** 0..1 */
  readonly resistance: number;
  /** weight x resistance, three decimals. */
  readonly product: number;
  readonly why: string;
}

/** What a score cannot get above. */
export interface StrengthCap {
  readonly name: string;
  readonly limit: number;
  readonly why: string;
  /** Whether it holds for sure, or only if something unknown turns out badly. */
  readonly certain: boolean;
}

export interface Strength extends ScoreRange {
  readonly terms: readonly StrengthTerm[];
  /** The sums before the caps, one decimal. */
  readonly raw: { readonly low: number; readonly high: number };
  /** Lowest first. */
  readonly caps: readonly StrengthCap[];
  /** Keys of the inventory that would make the range narrower. */
  readonly unknown: readonly string[];
}

/** Something that makes it stronger. */
export interface StrengthStep extends ScoreRange {
  /** "a restricted key" */
  readonly to: string;
  readonly effort: Effort;
  /** The provider has nothing to do with it. */
  readonly alone: boolean;
  readonly confidence: "sourced" | "general-knowledge" | "unverified";
  readonly note: string | null;
}

export const EXPLANATION_SCHEMA_VERSION = "1.0.0";

/** What `apirisk auth explain --json` prints. */
export interface AuthExplanation {
  readonly schemaVersion: typeof EXPLANATION_SCHEMA_VERSION;
  readonly integration: string;
  /** Null where nothing is declared: then there is no strength either. */
  readonly scheme: string | null;
  readonly in: string | null;
  readonly provider: { readonly name: string; readonly facts: string } | null;
  readonly strength: Strength | null;
  /** Attributes that are known of the provider and were not declared. */
  readonly fromProvider: readonly string[];
  readonly blastRadius: BlastRadius | null;
  readonly floor: { readonly band: Band; readonly dataClass: string; readonly met: "yes" | "no" | "unknown" } | null;
  /** The cheapest step that is sure to be one, and is known to exist: to the floor, where one of them gets there. */
  readonly step: StrengthStep | null;
  /** Whether something better exists; unknown where the provider is, or where ours is not told well enough. */
  readonly better: "yes" | "no" | "unknown";
  /** All of the provider that is known, weakest first. */
  readonly offers: readonly StrengthStep[];
}

/** What whoever has the credential can do with it. */
export interface BlastRadius {
  readonly scope: string;
  readonly lasts: string;
  readonly ends: string;
  readonly dataClasses: readonly string[];
  readonly environment: string;
}
