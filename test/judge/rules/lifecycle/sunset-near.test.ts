import fc from "fast-check";
import { expect, test } from "vitest";
import { sunsetNear } from "../../../../src/judge/rules/lifecycle/sunset-near.ts";
import { DAY, MINUTE, SECOND } from "../../../../src/model/instant.ts";
import { severityRank } from "../../../../src/model/severity.ts";
import { anEndpoint, NOW, response, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const inDays = (days: number) => new Date(NOW + days * DAY).toUTCString();
const headers = (fields: Readonly<Record<string, string>>) => [response({ headers: fields })];
const sunset = (name: string, value: string, outcome: string, severity: string) => ({
  name,
  observations: headers({ sunset: value, deprecation: "true" }),
  expect: [["endpoint:list", outcome, severity]] as const,
});
const deprecated = (value: string, outcome: string, severity?: string) => ({
  name: `Deprecation: ${value}`,
  observations: headers({ deprecation: value }),
  expect: [["endpoint:list", outcome, ...(severity === undefined ? [] : [severity])] as unknown as readonly [string, string]],
});

describeRule(
  sunsetNear,
  {
    pass: [
      { name: "nothing announced", observations: [response()], expect: [["endpoint:list", "no-announcement"]] },
      deprecated("false", "no-announcement"),
      deprecated("?0", "no-announcement"),
      deprecated("", "no-announcement"),
      deprecated("   ", "no-announcement"),
      deprecated("none", "no-announcement"),
      deprecated("true, true", "no-announcement"),
      deprecated("@1688169599, @1700000000", "no-announcement"),
      ...["never", "None", "n/a"].map((said) => ({
        name: `Sunset: ${said}`,
        observations: headers({ sunset: said }),
        expect: [["endpoint:list", "no-announcement"]] as const,
      })),
      { name: "an empty Sunset", observations: headers({ sunset: "" }), expect: [["endpoint:list", "no-announcement"]] },
    ],
    fail: [
      sunset("this very moment", inDays(0), "sunset-past", "critical"),
      sunset("long past, and still answering", inDays(-400), "sunset-past", "critical"),
      sunset("in a minute", new Date(NOW + MINUTE).toUTCString(), "sunset-in-30-days", "high"),
      sunset("in three weeks", inDays(21), "sunset-in-30-days", "high"),
      sunset("in 30 days", inDays(30), "sunset-in-90-days", "medium"),
      sunset("in 90 days", inDays(90), "sunset-in-180-days", "low"),
      sunset("in 180 days", inDays(180), "sunset-announced", "info"),
      sunset("as ISO 8601, which RFC 8594 does not allow", "2026-12-01T00:00:00Z", "sunset-in-30-days", "high"),
      sunset("as a structured date", `@${(NOW + 20 * DAY) / SECOND}`, "sunset-in-30-days", "high"),
      sunset("next summer", "next summer", "sunset-unreadable", "low"),
      deprecated("true", "deprecated", "low"),
      deprecated("?1", "deprecated", "low"),
      deprecated('version="v1"', "deprecated", "low"),
      deprecated(`@${NOW / SECOND}`, "deprecated", "low"),
      deprecated("@1688169599", "deprecated", "low"),
      deprecated("@1", "deprecated", "low"),
      deprecated("Fri, 30 Jun 2023 23:59:59 GMT", "deprecated", "low"),
      deprecated('version="v1", date="Fri, 30 Jun 2023 23:59:59 GMT"', "deprecated", "low"),
      deprecated("Fri, 30 Jun 2028 23:59:59 GMT", "deprecation-announced", "info"),
      deprecated(`@${NOW / SECOND + 1}`, "deprecation-announced", "info"),
      {
        name: "a link to a policy alone",
        observations: headers({ link: '<https://docs.acme.example/policy>; rel="sunset"' }),
        expect: [["endpoint:list", "end-documented", "info"]],
      },
      {
        name: "announced while our credential is turned down",
        observations: [response({ status: 401, interference: "credential_rejected", headers: { sunset: inDays(10) } })],
        expect: [["endpoint:list", "sunset-in-30-days", "high"]],
      },
      {
        name: "one endpoint of two",
        integration: { endpoints: [anEndpoint(), anEndpoint({ id: "old" })] },
        observations: [response(), response({ headers: { sunset: inDays(-1) } }, { endpoint: "old" })],
        expect: [
          ["endpoint:list", "no-announcement"],
          ["endpoint:old", "sunset-past", "critical"],
        ],
      },
    ],
    "not-applicable": [
      { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
      {
        name: "an endpoint that left the inventory",
        observations: [response()],
        known: ["endpoint:gone"],
        expect: [
          ["endpoint:gone", "no-endpoint"],
          ["endpoint:list", "no-announcement"],
        ],
      },
    ],
    unobserved: [
      { name: "nothing was asked", expect: [["endpoint:list", "unobserved", "not_requested"]] },
      {
        name: "another path of an ad hoc target, asked another day",
        integration: { adHoc: true },
        observations: [response()],
        known: ["endpoint:/v1/old"],
        expect: [
          ["endpoint:/v1/old", "unobserved", "not_requested"],
          ["endpoint:list", "no-announcement"],
        ],
      },
      {
        name: "no answer",
        observations: [unseen("http-response", "tls_untrusted", { endpoint: "list" })],
        expect: [["endpoint:list", "unobserved", "tls_untrusted"]],
      },
      {
        name: "a limiter announces nothing of the API",
        observations: [response({ status: 429, interference: "rate_limited", headers: { sunset: inDays(1) } })],
        expect: [["endpoint:list", "unobserved", "rate_limited"]],
      },
      {
        name: "a refusal without an announcement shows nothing",
        observations: [response({ status: 401, interference: "credential_rejected" })],
        expect: [["endpoint:list", "unobserved", "credential_rejected"]],
      },
      {
        name: "a subject of a declared endpoint that this rule never had",
        observations: [response()],
        known: ["endpoint:list#x"],
        expect: [
          ["endpoint:list", "no-announcement"],
          ["endpoint:list#x", "unobserved", "evidence_missing"],
        ],
      },
    ],
    hostile: [
      sunset("a year that no announcement means", "@99999999999", "sunset-unreadable", "low"),
      sunset("a day that does not exist", "Mon, 30 Feb 2026 00:00:00 GMT", "sunset-unreadable", "low"),
      sunset("nothing but white space", "   ", "deprecated", "low"),
      sunset("64 KB", "9".repeat(65_536), "sunset-unreadable", "low"),
      deprecated(Array.from({ length: 10_000 }, () => "true").join(", "), "no-announcement"),
    ],
  },
  () => {
    test("never gets milder with time", () => {
      const severityAt = (asOf: number) => {
        const [result] = runCase(sunsetNear, { name: "", observations: headers({ sunset: inDays(200) }), asOf, expect: [] });
        return severityRank(result?.severity ?? "info");
      };
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 300 * DAY }), fc.integer({ min: 0, max: 300 * DAY }), (a, b) => {
          expect(severityAt(NOW + Math.min(a, b))).toBeLessThanOrEqual(severityAt(NOW + Math.max(a, b)));
        }),
      );
    });

    test.each([
      ["true", "The endpoint is deprecated; no date of its end is announced. It says so in a form that is older than RFC 9745."],
      ["@1688169599", "The endpoint is deprecated; no date of its end is announced."],
      ["@1893456000", "The endpoint will be deprecated on 2030-01-01."],
      ["2030-01-01", "The endpoint will be deprecated on 2030-01-01. It says so in a form that is older than RFC 9745."],
    ])("names an older form: %s", (deprecation, message) => {
      const [result] = runCase(sunsetNear, { name: "", observations: headers({ deprecation }), expect: [] });
      expect(result?.message).toBe(message);
    });

    test.each([
      ['<https://docs.acme.example/bye>; rel="deprecation"', "end-documented", "deprecation at https://docs.acme.example"],
      ['</policy>; rel="help sunset"', "end-documented", "sunset"],
      ['</v2/users>; rel="successor-version"', "no-announcement", undefined],
      ['</sunset>; rel="alternate"', "no-announcement", undefined],
    ])("a link alone announces nothing, and is told: %s", (link, outcome, links) => {
      const [result] = runCase(sunsetNear, { name: "", observations: headers({ link }), expect: [] });
      expect([result?.outcome, result?.data["links"]]).toEqual([outcome, links]);
    });

    test("names where its links lead", () => {
      const link =
        '</v2/users/42>; rel="successor-version alternate", <https://docs.acme.example/bye, now>; rel="deprecation"; type="text/html", <x>; rel=next';
      const [result] = runCase(sunsetNear, { name: "", observations: headers({ sunset: inDays(21), link }), expect: [] });
      expect(result?.message).toBe(
        "The endpoint ends on 2026-12-14, in 21 days. Its answer links to deprecation at https://docs.acme.example, successor-version.",
      );
    });

    test("says the day and how far it is", () => {
      const [result] = runCase(sunsetNear, { name: "", observations: headers({ sunset: inDays(21) }), expect: [] });
      expect(result?.message).toBe("The endpoint ends on 2026-12-14, in 21 days.");
      expect(runCase(sunsetNear, { name: "", observations: headers({ sunset: inDays(20.6) }), expect: [] })[0]?.data["days"]).toBe(20);
    });
  },
);
