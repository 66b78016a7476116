import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import type { Observation } from "../../src/evidence/observation.ts";
import { judge } from "../../src/judge/rules/engine.ts";
import type { Rule } from "../../src/judge/rules/rule.ts";
import { sha256Hex } from "../../src/model/digest.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { Integration } from "../../src/model/integration.ts";
import { type JudgedResult, RULE_FAMILIES } from "../../src/model/rule.ts";
import { AS_OF, integration } from "./evidence-builders.ts";

/** One question to a rule, through the engine, and what it has to answer: every result, in the order of subjects. */
export interface RuleCase {
  readonly integration?: Integration;
  readonly observations?: readonly Observation[];
  readonly asOf?: Instant;
  /** Subjects that history knows to be open. */
  readonly known?: readonly string[];
  readonly expected: readonly ExpectedResult[];
}

/** What is left out is not compared. */
export type ExpectedResult = Pick<JudgedResult, "subject" | "outcome"> & Partial<JudgedResult>;

/** Cases by title. A title begins with one of `CASE_KINDS` and a colon. */
export type RuleCases = Readonly<Record<string, RuleCase>>;

/** What the tests of every rule have to show. */
export const CASE_KINDS = ["pass", "fail", "not-applicable", "unobserved", "hostile"] as const;

/** One test for each case. test/contract collects the cases instead, and runs them on rules that were broken on purpose. */
export function testRule(rule: Rule, cases: RuleCases): void {
  describe(rule.meta.id, () => {
    it.each(Object.entries(cases))("%s", (_title, ruleCase) => {
      const results = resultsOf(rule, ruleCase);
      expect(compared(results, ruleCase)).toEqual(ruleCase.expected);
      for (const result of results) expectPresentable(result, ruleCase);
    });
  });
}

export function resultsOf(rule: Rule, { known = [], ...ruleCase }: RuleCase): readonly JudgedResult[] {
  return judge(bundleOf(ruleCase), {
    rules: [rule],
    policy: { packs: [], rules: {} },
    families: RULE_FAMILIES,
    known: known.map((subject) => ({ rule: rule.meta.id, subject })),
    hashOf: (observation) => sha256Hex(JSON.stringify(observation)),
  });
}

export function holds(rule: Rule, ruleCase: RuleCase): boolean {
  return isDeepStrictEqual(compared(resultsOf(rule, ruleCase), ruleCase), ruleCase.expected);
}

/** Each result reduced to the fields that its counterpart names; those without one as subject and outcome. */
function compared(results: readonly JudgedResult[], { expected }: RuleCase): readonly Partial<JudgedResult>[] {
  return results.map((result, index) => {
    const names = Object.keys(expected[index] ?? { subject: "", outcome: "" });
    return Object.fromEntries(Object.entries(result).filter(([name]) => names.includes(name)));
  });
}

function bundleOf({ integration: declared = integration(), observations = [], asOf = AS_OF }: Omit<RuleCase, "known">) {
  return { integration: declared, observations, asOf };
}

/** What holds of every result: text of ours, bounded, and references that lead to something. */
function expectPresentable(result: JudgedResult, { observations = [] }: RuleCase): void {
  const words = [result.subject, result.message ?? "", ...result.evidence.map(({ summary }) => summary)];
  for (const text of words) {
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.length).toBeLessThanOrEqual(600);
  }
  expect(result.message ?? "").not.toMatch(/undefined|NaN|\[object/);
  expect(JSON.parse(JSON.stringify(result.data))).toEqual(result.data);
  expect(result.confidence).toBeGreaterThan(0);
  expect(result.confidence).toBeLessThanOrEqual(1);
  for (const { hash, pointer } of result.evidence) {
    const observation = observations.find((candidate) => sha256Hex(JSON.stringify(candidate)) === hash);
    expect(observation, `the observation behind ${pointer}`).toBeDefined();
    expect(at(observation, pointer), pointer).toBeDefined();
  }
}

/** JSON Pointer (RFC 6901), into the evidence or, where nothing was seen, the whole observation. */
function at(observation: Observation | undefined, pointer: string): unknown {
  const start: unknown = observation?.outcome === "observed" ? observation.evidence : observation;
  const steps = pointer.split("/").slice(1);
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[unescaped(step)], start);
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
