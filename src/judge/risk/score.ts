import { dataClassFacts } from "../../catalog/data-classes.ts";
import type { DataClass } from "../../model/data-class.ts";
import type { Criticality, Integration } from "../../model/integration.ts";
import type { Band, Risk } from "../../model/report.ts";
import type { RuleMeta } from "../../model/rule.ts";
import type { Severity } from "../../model/severity.ts";

export interface RiskInput {
  readonly meta: Pick<RuleMeta, "likelihood" | "id">;
  readonly severity: Severity;
  /** 0..1 */
  readonly confidence: number;
  /** Data class that the finding itself is about, if it is about one. */
  readonly dataClass?: DataClass;
}

/**
 * Likelihood and impact in a 5x5 matrix: a documented triage order, expert opinion, not a measurement of loss.
 * Every step is printed in the vector.
 */
export function riskOf(finding: RiskInput, integration: Integration): Risk {
  const likelihood = likelihoodOf(finding, integration);
  const impact = impactOf(finding, integration);
  const raw = MATRIX[likelihood.value - 1]?.[impact.value - 1] ?? 0;
  const score = capped(raw, finding.severity, integration);
  const band = bandOf(score);
  const vector = `L:${likelihood.value}(${likelihood.why})/I:${impact.value}(${impact.why})/S:${finding.severity} -> ${score} ${band}`;
  return { likelihood: likelihood.value, impact: impact.value, score, band, action: ACTIONS[band], vector };
}

/** Days in which a band has to be dealt with; undefined where nothing is due. */
export function dueDaysOf(band: Band): number | undefined {
  return DUE_DAYS[band];
}

/** 100 minus the worst finding; null where nothing was found because too little was seen: silence is not health. */
export function integrationScore(risks: readonly Pick<Risk, "score">[], coverage: number | null): number | null {
  if (risks.length === 0 && (coverage ?? 0) < BAND_COVERAGE) return null;
  return 100 - worst(risks);
}

/** Band of the worst finding; null below the coverage at which naming one would be a guess. */
export function integrationBand(risks: readonly Pick<Risk, "score">[], coverage: number | null): Band | null {
  return coverage !== null && coverage >= BAND_COVERAGE ? bandOf(worst(risks)) : null;
}

interface Step {
  readonly value: number;
  readonly why: string;
}

function likelihoodOf({ meta, confidence }: RiskInput, integration: Integration): Step {
  const steps = [
    ...(new URL(integration.baseUrl).protocol === "http:" && meta.id !== "auth/credential-over-http" ? [[1, "http"] as const] : []),
    ...(COMPENSATING.has(integration.auth.scheme ?? "") ? [[-1, `compensating ${integration.auth.scheme}`] as const] : []),
    ...(confidence < LOW_CONFIDENCE ? [[-1, "low confidence"] as const] : []),
  ];
  const value = clamp(meta.likelihood + steps.reduce((sum, [change]) => sum + change, 0));
  const why = [`base ${meta.likelihood}`, ...steps.map(([change, reason]) => `${change > 0 ? "+" : ""}${change} ${reason}`)].join(" ");
  return { value, why };
}

function impactOf({ dataClass }: RiskInput, integration: Integration): Step {
  const criticality = CRITICALITY_IMPACT[integration.criticality];
  const classes = dataClass === undefined ? integration.dataClasses : [...integration.dataClasses, dataClass];
  const data = classes.reduce<Step>(
    (most, name) => {
      const { impact } = dataClassFacts(name, integration);
      return impact > most.value ? { value: impact, why: `data ${name} ${impact}` } : most;
    },
    { value: 1, why: "data none 1" },
  );
  const production = integration.environment === "production";
  const value = clamp(Math.max(criticality, data.value) - (production ? 0 : 1));
  return {
    value,
    why: [`crit ${integration.criticality} ${criticality}`, data.why, ...(production ? [] : ["-1 not production"])].join(", "),
  };
}

/** A rule's severity bounds what an integration's weight can make of it, and the other way round for critical. */
function capped(score: number, severity: Severity, { environment }: Integration): number {
  if (severity === "info") return Math.min(score, 30);
  if (severity === "low") return Math.min(score, 55);
  if (severity === "critical" && environment === "production") return Math.max(score, 40);
  return score;
}

function worst(risks: readonly Pick<Risk, "score">[]): number {
  return Math.max(0, ...risks.map(({ score }) => score));
}

function clamp(value: number): number {
  return Math.min(5, Math.max(1, value));
}

/** Bands by their printed score: the cells of the matrix fall into them without exception. */
function bandOf(score: number): Band {
  if (score >= 85) return "critical";
  if (score >= 60) return "high";
  if (score >= 40) return "medium";
  return score >= 15 ? "low" : "very-low";
}

/** Rows likelihood 1 to 5, columns impact 1 to 5. */
const MATRIX = [
  [5, 10, 15, 25, 40],
  [8, 20, 30, 45, 55],
  [10, 30, 50, 65, 80],
  [20, 40, 60, 75, 90],
  [25, 45, 65, 85, 100],
] as const;

const CRITICALITY_IMPACT: Readonly<Record<Criticality, number>> = { critical: 5, high: 4, medium: 3, low: 2, experimental: 1 };
const ACTIONS = {
  critical: "immediate",
  high: "out-of-cycle",
  medium: "scheduled",
  low: "next review",
  "very-low": "note",
} as const satisfies Record<Band, Risk["action"]>;
const DUE_DAYS: Readonly<Partial<Record<Band, number>>> = { critical: 7, high: 30, medium: 90, low: 180 };
/** Second barriers that an attacker would have to pass too. */
const COMPENSATING: ReadonlySet<string> = new Set(["mtls", "ip-allow-list"]);
const LOW_CONFIDENCE = 0.5;
const BAND_COVERAGE = 0.8;
