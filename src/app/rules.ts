import { RULES, ruleById } from "../judge/rules/registry.ts";
import { nearest } from "../model/nearest.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { RuleMeta } from "../model/rule.ts";

/** A rule as people read it: its metadata, the evidence it needs and its named outcomes. */
export interface RuleDescription extends RuleMeta {
  readonly needs: readonly string[];
  /** Taken in where it is there. */
  readonly sees: readonly string[];
  readonly outcomes: readonly { readonly outcome: string; readonly verdict: string; readonly severity: string | null }[];
}

export function ruleDescriptions(): readonly RuleDescription[] {
  return RULES.map(({ meta, needs, sees = [], outcomes }) => ({
    ...meta,
    needs,
    sees,
    outcomes: Object.entries(outcomes).map(([outcome, { verdict, severity }]) => ({
      outcome,
      verdict,
      severity: verdict === "fail" ? (severity ?? meta.severity) : null,
    })),
  }));
}

/** "tls-session; where it is there, tls" */
export function restsOn({ needs, sees }: RuleDescription): string {
  if (needs.length === 0) return "the inventory alone";
  return [needs.join(", "), ...(sees.length === 0 ? [] : [`where it is there, ${sees.join(", ")}`])].join("; ");
}

/** A rule by id or by a former id; the error names the nearest one. */
export function ruleDescription(id: string): Result<RuleDescription, string> {
  const descriptions = ruleDescriptions();
  const found = descriptions.find((rule) => rule.id === (ruleById(id)?.meta.id ?? id) || rule.aliases?.includes(id));
  if (found !== undefined) return ok(found);
  const meant = nearest(
    id,
    descriptions.map((rule) => rule.id),
  );
  return err(`There is no rule "${id}".${meant === undefined ? "" : ` Did you mean ${meant}?`}`);
}
