import { expect, test } from "vitest";
import { judgeIntegration } from "../../src/app/judge-integration.ts";
import { POLICY_PACKS } from "../../src/catalog/policies.ts";
import { FACTS_READ } from "../../src/judge/rules/facts-read.ts";
import type { Integration } from "../../src/model/integration.ts";
import { RULE_FAMILIES } from "../../src/model/rule.ts";
import { anIntegration, NOW, parameters } from "../judge/builders.ts";
import { NOTHING_KNOWN } from "../remember/samples.ts";

test("another choice of packs is another configuration of the rule that reads them, and of no other", () => {
  expect(changed(configurations({}, []), configurations({}, ["rfc-9325"]))).toEqual(["tls/outside-policy"]);
});

test("so are other clients, of the two rules that ask about them", () => {
  const rules = ["tls/client-negotiates-weak", "tls/client-would-break"];
  expect(changed(configurations({}, []), configurations({ clients: ["node-20"] }, []))).toEqual(rules);
});

test("and another range of the client library, of the rule that asks about it", () => {
  const [before, after] = ["^4", "^5"].map((range) => configurations({ sdk: { npm: "acme-node", range } }, []));
  expect(before !== undefined && after !== undefined && changed(before, after)).toEqual(["lifecycle/sdk-out-of-range"]);
});

test("what the rule knows are all packs: a pack that changes has the cause of a rule that changed", () => {
  const known = JSON.stringify(FACTS_READ["tls/outside-policy"]?.());
  expect(POLICY_PACKS.filter((name) => !known.includes(`"${name}"`))).toEqual([]);
});

function configurations(declared: Partial<Integration>, packs: readonly string[]): ReadonlyMap<string, string> {
  const { verdicts } = judgeIntegration({
    run: "01",
    integration: anIntegration(declared),
    observed: { observations: [parameters()], sent: { connections: 0, requests: 0 }, pace: [], durationMs: 0, clockOffsets: new Map() },
    knowledge: NOTHING_KNOWN,
    policy: { packs, rules: {} },
    families: RULE_FAMILIES,
    asOf: NOW,
    at: NOW,
    capability: "test",
    vantage: "local",
    dueDates: () => ({}),
    runStartedAt: NOW,
  });
  return new Map(verdicts.map(({ rule, causes }) => [rule, causes.config]));
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...after].flatMap(([rule, config]) => (before.get(rule) === config ? [] : [rule]));
}
