import { versionUnsupported } from "../../../../src/judge/rules/lifecycle/version-unsupported.ts";
import { ORIGIN } from "../../builders.ts";
import { answered, lifecycleCases } from "../../lifecycle-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const pinned = (version: string) => ({ baseUrl: ORIGIN, apiVersion: { header: "api-version", pinned: version } });
const of = (version: string, supported: string, deprecated?: string) =>
  [
    `${version} of ${supported}${deprecated === undefined ? "" : `, deprecated ${deprecated}`}`,
    { "api-supported-versions": supported, ...(deprecated === undefined ? {} : { "api-deprecated-versions": deprecated }) },
  ] as const;
const cases = lifecycleCases("not-said");

describeRule(versionUnsupported, {
  ...cases,
  pass: [
    answered(...of("1.0", "1.0, 1.1, 2.0"), ["supported"], pinned("1.0")),
    answered(...of("1", "2.0, 1.1"), ["supported"], pinned("1")),
    answered(...of("v1", "1"), ["supported"], pinned("v1")),
    answered(...of("^1.1", "1.0, 1.4"), ["supported"], pinned("^1.1")),
    answered(...of("1.x", "1.0"), ["supported"], pinned("1.x")),
    answered(...of("1.0", "2.0", "1.0"), ["supported"], pinned("1.0")),
    answered(...of("2024-01-15", "2024-01-15.1.0-beta,2025-01-01"), ["supported"], pinned("2024-01-15")),
    answered(...of("2026-03-10", "2022-11-28, 2026-03-10"), ["supported"], pinned("2026-03-10")),
    answered(...of("1.0-rc", "1.0-rc"), ["supported"], pinned("1.0-rc")),
    answered("by the path", { "x-api-supported-versions": "1.0, 2.0" }, ["supported"]),
    answered("found before the list is cut", { "api-supported-versions": `1.0, ${"2.0, ".repeat(10_000)}` }, ["supported"], pinned("1.0")),
  ],
  fail: [
    answered(...of("1.0", "1.1, 2.0"), ["unsupported", "high"], pinned("1.0")),
    answered(...of("1.0", "2.0", "1.1"), ["unsupported", "high"], pinned("1.0")),
    answered(...of("^1", "2.0, 3.0"), ["unsupported", "high"], pinned("^1")),
    answered(...of("2026-03-10", "2026-03-11, 2025-03-10"), ["unsupported", "high"], pinned("2026-03-10")),
    answered(...of("1.0", "1.0-rc, 2.0"), ["unsupported", "high"], pinned("1.0")),
    answered("by the path", { "api-supported-versions": "2.0" }, ["unsupported", "high"]),
    answered("by a header of the inventory", { "api-supported-versions": "2.0" }, ["unsupported", "high"], {
      baseUrl: ORIGIN,
      headers: { "x-api-version": "1.0" },
    }),
  ],
  "not-applicable": [
    ...cases["not-applicable"],
    answered("no list", {}, ["not-said"], pinned("1.0")),
    answered("an empty list", { "api-supported-versions": "" }, ["not-said"], pinned("1.0")),
    answered("commas alone", { "api-supported-versions": ",,," }, ["not-said"], pinned("1.0")),
    answered("nothing pinned", { "api-supported-versions": "2.0" }, ["not-pinned"], { baseUrl: ORIGIN }),
    answered("dates, and a number is pinned", { "api-supported-versions": "2026-01-01" }, ["not-comparable"], pinned("1.0")),
    answered("a pin that is no version", { "api-supported-versions": "2.0" }, ["not-comparable"], pinned("the old one")),
  ],
  unobserved: [
    ...cases.unobserved,
    answered(
      "a list that goes on",
      { "api-supported-versions": `${"2.0, ".repeat(10_000)}1.0` },
      ["unobserved", "evidence_missing"],
      pinned("1.0"),
    ),
  ],
  hostile: [
    answered("64 KB of one version", { "api-supported-versions": "1.".repeat(32_768) }, ["not-said"], pinned("1.0")),
    answered("a range without end", { "api-supported-versions": "2.0" }, ["not-comparable"], pinned(`>${"1 ".repeat(40)}`)),
    answered("words", { "api-supported-versions": "__proto__, constructor" }, ["not-comparable"], pinned("1.0")),
  ],
});
