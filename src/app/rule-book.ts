import { LINEAGE, type Lineage } from "../evidence/upcasters.ts";
import { RULES, ruleKnowledgeHash } from "../judge/rules/registry.ts";
import type { Rule } from "../judge/rules/rule.ts";

/** The rules that judge again, what each of them knows, and how old evidence becomes evidence of today. */
export interface RuleBook {
  readonly rules: readonly Rule[];
  readonly knowledgeHash: (rule: string) => string;
  readonly lineage: Lineage;
}

export const TODAYS_RULES: RuleBook = { rules: RULES, knowledgeHash: ruleKnowledgeHash, lineage: LINEAGE };
