import { describe, expect, test } from "vitest";
import type { Observation } from "../../src/evidence/observation.ts";
import { observationKeyText } from "../../src/evidence/observation.ts";
import { judge } from "../../src/judge/rules/engine.ts";
import type { Rule } from "../../src/judge/rules/rule.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { Integration } from "../../src/model/integration.ts";
import { type JudgedResult, RULE_FAMILIES } from "../../src/model/rule.ts";
import { anIntegration, NOW } from "./builders.ts";
import { expectPresentable } from "./presentable.ts";

/** What is asked of a rule, and everything that it must answer: `[subject, outcome, severity or reason]`, sorted by subject. */
export interface RuleCase {
  readonly name: string;
  readonly integration?: Partial<Integration>;
  readonly observations?: readonly Observation[];
  readonly asOf?: Instant;
  /** Policy packs that are chosen. */
  readonly packs?: readonly string[];
  /** Subjects that history knows to be open. */
  readonly known?: readonly string[];
  readonly expect: readonly (readonly [subject: string, outcome: string, more?: string])[];
}

export const CASE_KINDS = ["pass", "fail", "not-applicable", "unobserved", "hostile"] as const;
export type RuleCases = Readonly<Record<(typeof CASE_KINDS)[number], readonly RuleCase[]>>;

export interface CollectedRule {
  readonly rule: Rule;
  readonly cases: RuleCases;
}

/** While test/contract collects, cases are handed over instead of being run: every rule's file is read, nothing is run twice. */
const COLLECTOR = Symbol.for("apirisk.rule-cases");
const room = globalThis as { [COLLECTOR]?: CollectedRule[] };

/** Declares the tests of one rule: its cases, and `more` for what is no table. */
export function describeRule(rule: Rule, cases: RuleCases, more?: () => void): void {
  if (room[COLLECTOR] !== undefined) {
    room[COLLECTOR].push({ rule, cases });
    return;
  }
  describe(rule.meta.id, () => {
    for (const kind of CASE_KINDS) {
      describe(kind, () => {
        for (const one of cases[kind]) test(one.name, () => expectAnswers(rule, one));
      });
    }
    more?.();
  });
}

function expectAnswers(rule: Rule, one: RuleCase): void {
  const results = runCase(rule, one);
  expect(answered(results)).toEqual(one.expect);
  for (const result of results) expectPresentable(result, one.observations ?? []);
}

export async function collectRules(load: () => Promise<unknown>): Promise<readonly CollectedRule[]> {
  const collected: CollectedRule[] = [];
  room[COLLECTOR] = collected;
  await load();
  delete room[COLLECTOR];
  return collected;
}

export function runCase(
  rule: Rule,
  { integration, observations = [], asOf = NOW, packs = [], known = [] }: RuleCase,
): readonly JudgedResult[] {
  return judge(
    { integration: anIntegration(integration), observations, asOf },
    {
      rules: [rule],
      policy: { packs, rules: {} },
      families: RULE_FAMILIES,
      known: known.map((subject) => ({ rule: rule.meta.id, subject })),
      hashOf: ({ kind, key }) => `${kind} ${observationKeyText(key)}`,
    },
  );
}

/** Everything that the family `data` says. */
export function runData(integration: Integration, observations: readonly Observation[]): readonly JudgedResult[] {
  return judge(
    { integration, observations, asOf: NOW },
    { policy: { packs: [], rules: {} }, families: ["data"], known: [], hashOf: () => "" },
  );
}

/** A judged result in the words of a case. */
export function answered(results: readonly JudgedResult[]): readonly (readonly string[])[] {
  return results.map(({ subject, outcome, severity, reason }) => [
    subject,
    outcome,
    ...[severity ?? reason].filter((word) => word !== undefined),
  ]);
}
