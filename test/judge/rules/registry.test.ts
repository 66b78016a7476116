import { expect, test } from "vitest";
import { RULES, remediationOf, ruleById, ruleKnowledgeHash, rulesetHash, rulesetManifest } from "../../../src/judge/rules/registry.ts";

test("every rule stands in the registry once, sorted by id", () => {
  const ids = RULES.map(({ meta }) => meta.id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test("a rule is found by its id and by a former one, and by nothing else", () => {
  for (const rule of RULES) {
    expect(ruleById(rule.meta.id)).toBe(rule);
    for (const alias of rule.meta.aliases ?? []) expect(ruleById(alias)).toBe(rule);
  }
  expect(ruleById("auth/key-in-path")?.meta.id).toBe("auth/key-in-query");
  expect(ruleById("constructor")).toBeUndefined();
});

test("no alias is an id, or the alias of another rule", () => {
  const words = RULES.flatMap(({ meta }) => [meta.id, ...(meta.aliases ?? [])]);
  expect(new Set(words).size).toBe(words.length);
});

test("the manifest has every revision", () => {
  expect(rulesetManifest()).toEqual(Object.fromEntries(RULES.map(({ meta }) => [meta.id, meta.revision])));
});

test("hashes tell rules apart and stay as they are", () => {
  const hashes = RULES.map(({ meta }) => ruleKnowledgeHash(meta.id));
  expect(new Set(hashes).size).toBe(RULES.length);
  expect([...hashes, rulesetHash()].every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  expect(ruleKnowledgeHash("certificate/expired")).toBe(ruleKnowledgeHash("certificate/expired"));
  expect(rulesetHash()).toBe(rulesetHash());
  expect(ruleKnowledgeHash("nobody/knows")).not.toBe(ruleKnowledgeHash("certificate/expired"));
});

test("what can be done is the outcome's own word where it has one: a client of a server that has nothing better is not protected by refusing it", () => {
  const rule = ruleById("tls/deprecated-version-offered");
  if (rule === undefined) throw new Error("no such rule");
  expect(remediationOf(rule, "offered")).toBe(rule.meta.remediation);
  expect(remediationOf(rule, "nothing-better")).toMatchObject({ verb: "compensate", alone: true });
  expect(remediationOf(rule, "nothing-better").text).toContain("cannot connect");
  expect(remediationOf(rule, "constructor")).toBe(rule.meta.remediation);
});

test.each([
  ["data/sensitive-field-undeclared", "undeclared-personal-data", "`$select=`"],
  ["data/field-undeclared", "partly-undeclared", "`$select=`"],
  ["data/undocumented-field", "undocumented", "`$select=`"],
  ["data/record-excess", "over-declared", "`$top=`"],
  ["data/record-excess", "over-requested", "`$top=`"],
])("how to do it where the result tells comes before what %s says of %s", (id, outcome, word) => {
  const rule = ruleById(id);
  if (rule === undefined) throw new Error("no such rule");
  const { text, ...remediation } = rule.meta.remediation;
  const here = remediationOf(rule, outcome, { dialect: "odata" });
  expect(here).toMatchObject(remediation);
  expect(here.text.endsWith(` ${text}`)).toBe(true);
  expect(here.text.slice(0, -text.length)).toContain(word);
  expect(remediationOf(rule, outcome, {})).toBe(rule.meta.remediation);
});
