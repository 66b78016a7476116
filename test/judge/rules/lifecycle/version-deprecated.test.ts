import { expect, test } from "vitest";
import { versionDeprecated } from "../../../../src/judge/rules/lifecycle/version-deprecated.ts";
import { ORIGIN } from "../../builders.ts";
import { answered, lifecycleCases } from "../../lifecycle-cases.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const PINNED = { baseUrl: ORIGIN, apiVersion: { header: "api-version", pinned: "1.0" } };
const cases = lifecycleCases("not-said");

describeRule(
  versionDeprecated,
  {
    ...cases,
    pass: [
      answered("another one is", { "api-deprecated-versions": "0.8, 0.9" }, ["current"], PINNED),
      answered("none is", { "api-supported-versions": "1.0, 2.0" }, ["current"], PINNED),
      answered("one of the generation is, another is not", { "api-deprecated-versions": "1.0", "api-supported-versions": "1.1" }, [
        "current",
      ]),
      answered("day by day", { "api-deprecated-versions": "2026-03-09, 2026-03-11" }, ["current"], {
        ...PINNED,
        apiVersion: { pinned: "2026-03-10" },
      }),
    ],
    fail: [
      answered("ours is", { "api-deprecated-versions": "0.9, 1.0", "api-supported-versions": "2.0" }, ["deprecated", "medium"], PINNED),
      answered("ours is, and no list of others", { "api-deprecated-versions": "1.0" }, ["deprecated", "medium"], PINNED),
      answered("by the path", { "api-deprecated-versions": "1.0" }, ["deprecated", "medium"]),
    ],
    "not-applicable": [
      ...cases["not-applicable"],
      answered("no list", {}, ["not-said"], PINNED),
      answered("empty", { "api-deprecated-versions": "" }, ["not-said"], PINNED),
      answered("nothing pinned", { "api-deprecated-versions": "1.0" }, ["not-pinned"], { baseUrl: ORIGIN }),
      answered("dates, and a number is pinned", { "api-deprecated-versions": "2026-01-01" }, ["not-comparable"], PINNED),
    ],
    unobserved: [
      ...cases.unobserved,
      answered("a list that goes on", { "api-deprecated-versions": "2.0, ".repeat(10_000) }, ["unobserved", "evidence_missing"], PINNED),
    ],
    hostile: [answered("control characters", { "api-deprecated-versions": "1.0\u0000, \u001b[31m1.0" }, ["deprecated", "medium"], PINNED)],
  },
  () => {
    test("says what is supported instead, as far as one can read it", () => {
      const headers = { "api-deprecated-versions": "1.0", "api-supported-versions": "2.0, 3.0" };
      expect(runCase(versionDeprecated, answered("", headers, ["deprecated"], PINNED))[0]?.message).toBe(
        "The version 1.0 is deprecated. Supported are: 2.0, 3.0.",
      );
      const many = {
        "api-deprecated-versions": "1.0",
        "api-supported-versions": Array.from({ length: 20 }, (_, index) => `${index + 2}.0`).join(","),
      };
      expect(runCase(versionDeprecated, answered("", many, ["deprecated"], PINNED))[0]?.message).toContain("9.0 and others.");
    });
  },
);
