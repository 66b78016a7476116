import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { rulesDocument } from "../../src/app/rules-document.ts";
import { RULES } from "../../src/judge/rules/registry.ts";
import type { Rule } from "../../src/judge/rules/rule.ts";
import { RULE_FAMILIES } from "../../src/model/rule.ts";
import { atLeast } from "../../src/model/severity.ts";
import { answered, CASE_KINDS, type CollectedRule, collectRules, type RuleCase, runCase } from "../judge/rule-cases.ts";

const IDS = RULES.map(({ meta }) => meta.id);
const COLLECTED = await collectRules(() => Promise.all(IDS.map((id) => import(testFile(id)))));

describe("the registry", () => {
  test("lists every file under judge/rules once, sorted, by its path", () => {
    expect(IDS).toEqual(filesOf("src/judge/rules", ".ts"));
    expect(new Set(IDS).size).toBe(IDS.length);
  });

  test("has a test file for every rule and for nothing else", () => {
    expect(filesOf("test/judge/rules", ".test.ts")).toEqual(IDS);
  });
});

describe.each(RULES.map((rule) => [rule.meta.id, rule] as const))("%s", (id, rule) => {
  const { meta, outcomes } = rule;
  const all = allCases(id);

  test.each(CASE_KINDS)("is tested for %s", (kind) => {
    expect(collected(id).cases[kind].length).toBeGreaterThan(0);
  });

  test("each outcome is the answer of some case", () => {
    const produced = new Set(all.flatMap((one) => runCase(rule, one).map(({ outcome }) => outcome)));
    expect([...produced].sort()).toEqual([...Object.keys(outcomes), "unobserved"].sort());
  });

  test.each(constantsOf(rule))("a case notices when the answer is always %s", (_constant, broken) => {
    expect(all.some((one) => !isDeepStrictEqual(answered(runCase(broken, one)), one.expect))).toBe(true);
  });

  test("says why, who says so, and what a consumer can do", () => {
    expect(meta.citations.length).toBeGreaterThan(0);
    for (const { id: source, url } of meta.citations) {
      expect(source).not.toBe("");
      expect(new URL(url).protocol).toBe("https:");
    }
    for (const text of [meta.title, meta.failureTitle, meta.rationale, meta.remediation.text]) expect(text).toMatch(/^\S.{9,}\S$/);
    expect([meta.title, meta.failureTitle].filter((title) => title.endsWith("."))).toEqual([]);
    expect([1, 2, 3, 4, 5]).toContain(meta.likelihood);
    expect(meta.revision).toBeGreaterThanOrEqual(1);
    expect(meta.confirm).toBeGreaterThanOrEqual(1);
  });

  test("maps to words that other tools know", () => {
    expect(meta.cwe.filter((word) => !/^CWE-\d{1,4}$/.test(word))).toEqual([]);
    expect(meta.owasp.filter((word) => !/^API(10|[1-9]):2023$/.test(word))).toEqual([]);
    expect(
      meta.controls.filter((word) => !/^(PCI-DSS [\d.]+|ISO27001 A\.\d\.\d{1,2}|NIST-CSF [A-Z]{2}\.[A-Z]{2}-\d\d)$/.test(word)),
    ).toEqual([]);
    expect(meta.controls.length).toBeGreaterThan(0);
  });

  test("no outcome is worse than its rule, and one of them is as bad", () => {
    const failing = Object.values(outcomes).filter(({ verdict }) => verdict === "fail");
    expect(failing.filter(({ severity = meta.severity }) => !atLeast(meta.severity, severity))).toEqual([]);
    expect(failing.some(({ severity = meta.severity }) => severity === meta.severity)).toBe(true);
    expect(Object.values(outcomes).filter(({ verdict, severity }) => verdict !== "fail" && severity !== undefined)).toEqual([]);
  });

  test("names itself and its outcomes as every rule does", () => {
    expect(RULE_FAMILIES).toContain(id.split("/")[0]);
    expect([id.split("/")[1] ?? "", ...Object.keys(outcomes)].filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(new Set([...IDS, ...(meta.aliases ?? [])]).size).toBe(IDS.length + (meta.aliases ?? []).length);
  });
});

test("docs/rules.md says what the rules say", () => {
  expect(readFileSync("docs/rules.md", "utf8")).toBe(rulesDocument());
});

function collected(id: string): CollectedRule {
  const found = COLLECTED.filter(({ rule }) => rule.meta.id === id);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${testFile(id)} declares the cases of ${id} ${found.length} times`);
  return found[0];
}

function allCases(id: string): readonly RuleCase[] {
  return CASE_KINDS.flatMap((kind) => collected(id).cases[kind]);
}

/** The rule with each of its answers in the place of all, subjects kept; with no answer; and without its exceptions. */
function constantsOf(rule: Rule): readonly (readonly [constant: string, broken: Rule])[] {
  const { applies: _applies, absent: _absent, ...bare } = rule;
  const always = (outcome: string): Rule => ({
    ...rule,
    evaluate: (input, context) => rule.evaluate(input, context).map((result) => ({ ...result, outcome })),
  });
  return [
    ...[...Object.keys(rule.outcomes), "unobserved"].map((outcome) => [outcome, always(outcome)] as const),
    ["silence", { ...rule, evaluate: () => [] }],
    ...(rule.applies === undefined
      ? []
      : [["applicable", { ...bare, ...(rule.absent === undefined ? {} : { absent: rule.absent }) }] as const]),
    ...(rule.absent === undefined
      ? []
      : [["missing what is gone", { ...bare, ...(rule.applies === undefined ? {} : { applies: rule.applies }) }] as const]),
  ];
}

/** Names below a folder as rule ids, sorted: `family/name`. Files beside the families are the room's own. */
function filesOf(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.includes("/") && path.endsWith(ending))
    .map((path) => path.slice(0, -ending.length))
    .sort();
}

function testFile(id: string): string {
  return new URL(`../judge/rules/${id}.test.ts`, import.meta.url).href;
}
