import { expect, test } from "vitest";
import type { NameServersSeen } from "../../../../src/evidence/kinds.ts";
import { delegationChanged } from "../../../../src/judge/rules/domain/delegation-changed.ts";
import { SECOND } from "../../../../src/model/instant.ts";
import { domain, NOW } from "../../builders.ts";
import { ago, domainCases } from "../../domain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const OLD: NameServersSeen = { names: ["ns1.dns.example", "ns2.dns.example"], domains: ["dns.example"], since: ago(90) };
const set = (names: readonly string[], domains: readonly string[], since: number): NameServersSeen => ({ names, domains, since });
const EVIL = set(["a.evil.example"], ["evil.example"], ago(1));
/** `now` is the last one unless it is said. */
const seen = (ns: readonly NameServersSeen[], now = ns.at(-1)) => domain({ ns: now?.names ?? [], seen: { ns, hosting: [] } });
const says = (name: string, observed: ReturnType<typeof domain>, ...said: readonly string[]): RuleCase => ({
  name,
  observations: [observed],
  expect: [["name-servers", ...said] as unknown as RuleCase["expect"][number]],
});
const aws = (names: readonly string[], domains: readonly string[], since: number) =>
  set(
    names.map((name) => `ns.${name}`),
    domains,
    since,
  );
const common = domainCases("name-servers", "unchanged");

describeRule(
  delegationChanged,
  {
    pass: [
      ...common.pass,
      says("those of the beginning are back", seen([OLD, EVIL], OLD), "unchanged"),
      says("two weeks and a second ago", seen([OLD, { ...EVIL, since: ago(14) - SECOND }]), "settled"),
    ],
    fail: [
      says("somebody else's", seen([OLD, EVIL]), "moved", "medium"),
      says("two weeks ago", seen([OLD, { ...EVIL, since: ago(14) }]), "moved", "medium"),
      says("the third ones", seen([OLD, { ...EVIL, since: ago(30) }, set(["x.third.example"], ["third.example"], NOW)]), "moved", "medium"),
      says("others of the same operator", seen([OLD, set(["ns7.dns.example"], ["dns.example"], ago(1))]), "all-replaced", "info"),
      says(
        "others of an operator with many domains",
        seen([
          aws(["awsdns-12.com", "awsdns-34.net"], ["awsdns-12.com", "awsdns-34.net"], ago(90)),
          aws(["awsdns-56.org", "awsdns-78.co.uk"], ["awsdns-56.org", "awsdns-78.co.uk"], ago(1)),
        ]),
        "all-replaced",
        "info",
      ),
      says(
        "one more, of somebody else",
        seen([OLD, set([...OLD.names, "ns.other.example"], ["dns.example", "other.example"], ago(1))]),
        "some-replaced",
        "info",
      ),
      says("one less", seen([OLD, set(["ns1.dns.example"], ["dns.example"], ago(1))]), "some-replaced", "info"),
    ],
    "not-applicable": common["not-applicable"],
    unobserved: [
      ...common.unobserved,
      says("a zone that names none", seen([OLD], set([], [], NOW)), "unobserved", "evidence_missing"),
      says("what was not noted", seen([OLD], EVIL), "unobserved", "evidence_missing"),
    ],
    hostile: [
      says("names that are none", seen([OLD, set(["\\027[2j", "<script>"], ["\\027[2j", "<script>"], ago(1))]), "moved", "medium"),
      says(
        "sixty-four of them",
        seen([
          OLD,
          set(
            Array.from({ length: 64 }, (_, at) => `n${at}.evil.example`),
            ["evil.example"],
            ago(1),
          ),
        ]),
        "moved",
        "medium",
      ),
    ],
  },
  () => {
    test("names who answered before and who answers now", () => {
      expect(runCase(delegationChanged, says("", seen([OLD, EVIL])))).toMatchObject([
        { message: "All name servers were replaced by those of somebody else: dns.example before, evil.example now." },
      ]);
      expect(runCase(delegationChanged, says("", seen([OLD, set(["\\027[2j"], ["\\027[2j"], NOW)])))).toMatchObject([
        { message: "All name servers were replaced by those of somebody else: dns.example before, (no host name) now." },
      ]);
    });
  },
);
