import { expect, test } from "vitest";
import type { RegionSeen } from "../../../../src/evidence/kinds.ts";
import { hostingRegionChanged } from "../../../../src/judge/rules/domain/hosting-region-changed.ts";
import { SECOND } from "../../../../src/model/instant.ts";
import { domain } from "../../builders.ts";
import { ago, domainCases } from "../../domain-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const at = (region: string, country: string, days: number): RegionSeen => ({ cloud: "AWS", region, country, since: ago(days) });
const IRELAND = at("eu-west-1", "IE", 90);
const FRANKFURT = at("eu-central-1", "DE", 1);
const seen = (regions: readonly RegionSeen[] | undefined, now = regions?.at(-1)?.region ?? "eu-west-1") =>
  domain({
    cnames: [`x.${now}.elb.amazonaws.com`],
    hosting: "amazonaws.com",
    seen: { ns: [], hosting: [], ...(regions !== undefined && { regions }) },
  });
const says = (name: string, observed: ReturnType<typeof domain>, ...said: readonly string[]): RuleCase => ({
  name,
  observations: [observed],
  expect: [["region", ...said] as unknown as RuleCase["expect"][number]],
});
const common = domainCases("region", "no-region");

describeRule(
  hostingRegionChanged,
  {
    pass: [
      says("the first one that was seen", seen([IRELAND]), "unchanged"),
      says("two that take turns, on the first one's", seen([IRELAND, FRANKFURT], "eu-west-1"), "unchanged"),
      says("two weeks and a second ago", seen([IRELAND, { ...FRANKFURT, since: ago(14) - SECOND }]), "settled"),
    ],
    fail: [
      says("another country", seen([IRELAND, FRANKFURT]), "country-changed", "info"),
      says("two weeks ago", seen([IRELAND, { ...FRANKFURT, since: ago(14) }]), "country-changed", "info"),
      says("another region of the country", seen([at("us-east-1", "US", 90), at("us-west-2", "US", 1)]), "region-changed", "info"),
      says(
        "another vendor's region",
        seen([{ cloud: "Azure", region: "westeurope", country: "NL", since: ago(40) }, FRANKFURT]),
        "country-changed",
        "info",
      ),
    ],
    "not-applicable": [
      ...common["not-applicable"],
      ...common.pass,
      says("a name that says none", domain({ cnames: ["acme.cdn.example"], hosting: "cdn.example" }), "no-region"),
      says(
        "a name of its own zone that looks like one",
        domain({ host: "api.acme.example", cnames: ["x.eu-west-1.elb.acme.example"] }),
        "no-region",
      ),
    ],
    unobserved: [
      ...common.unobserved,
      says("evidence of before anybody looked", seen(undefined), "unobserved", "evidence_missing"),
      says("one that was not noted", seen([IRELAND], "eu-central-1"), "unobserved", "evidence_missing"),
    ],
    hostile: [
      says("words that are no region", seen([{ ...IRELAND, region: "\u001b]0;x", country: "<b>" }, FRANKFURT]), "country-changed", "info"),
      says("a region below a name that is none", domain({ cnames: ["\\000.eu-west-1.elb.amazonaws.com\\000"] }), "no-region"),
    ],
  },
  () => {
    test("says where from and where to, in words of a list alone", () => {
      expect(runCase(hostingRegionChanged, says("", seen([IRELAND, FRANKFURT])))).toMatchObject([
        { message: "The name leads to another country: to eu-central-1 (AWS, Germany); before, it led to eu-west-1 (AWS, Ireland)." },
      ]);
      expect(runCase(hostingRegionChanged, says("", seen([{ ...IRELAND, cloud: "<b>" }, FRANKFURT])))).toMatchObject([
        { message: expect.stringContaining("before, it led to (no region).") },
      ]);
    });
  },
);
