import { expect, test } from "vitest";
import type { HostingSeen } from "../../../../src/evidence/kinds.ts";
import { hostingChanged } from "../../../../src/judge/rules/domain/hosting-changed.ts";
import { SECOND } from "../../../../src/model/instant.ts";
import { domain } from "../../builders.ts";
import { ago, domainCases } from "../../domain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const at = (name: string, days: number): HostingSeen => ({ domain: name, since: ago(days) });
const OWN = at("acme.example", 90);
const seen = (hosting: readonly HostingSeen[], now = hosting.at(-1)) => domain({ hosting: now?.domain ?? "", seen: { ns: [], hosting } });
const says = (name: string, observed: ReturnType<typeof domain>, ...said: readonly string[]): RuleCase => ({
  name,
  observations: [observed],
  expect: [["alias", ...said] as unknown as RuleCase["expect"][number]],
});
const common = domainCases("alias", "unchanged");

describeRule(
  hostingChanged,
  {
    pass: [
      ...common.pass,
      says("two that take turns, on the first one's", seen([OWN, at("cdn.example", 1)], OWN), "unchanged"),
      says("two weeks and a second ago", seen([OWN, { domain: "cdn.example", since: ago(14) - SECOND }]), "settled"),
      says("two that take turns for longer, on the second one's", seen([OWN, at("cdn.example", 40)]), "settled"),
    ],
    fail: [
      says("a CDN in front", seen([OWN, at("cdn.example", 1)]), "changed", "info"),
      says("two weeks ago", seen([OWN, at("cdn.example", 14)]), "changed", "info"),
      says("another CDN", seen([OWN, at("cdn.example", 40), at("other.example", 0)]), "changed", "info"),
    ],
    "not-applicable": common["not-applicable"],
    unobserved: [...common.unobserved, says("what was not noted", seen([OWN], at("cdn.example", 1)), "unobserved", "evidence_missing")],
    hostile: [says("a name that is none", seen([OWN, at("\\027]0;x", 1)]), "changed", "info")],
  },
  () => {
    test("says where from and where to, in names alone", () => {
      expect(runCase(hostingChanged, says("", seen([OWN, at("cdn.example", 1)])))).toMatchObject([
        { message: "The name leads to cdn.example; before, it led to acme.example." },
      ]);
      expect(runCase(hostingChanged, says("", seen([OWN, at("<b>.example", 1)])))).toMatchObject([
        { message: "The name leads to (no host name); before, it led to acme.example." },
      ]);
    });
  },
);
