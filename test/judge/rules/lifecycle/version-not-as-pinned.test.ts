import { versionNotAsPinned } from "../../../../src/judge/rules/lifecycle/version-not-as-pinned.ts";
import { ORIGIN } from "../../builders.ts";
import { answered, lifecycleCases } from "../../lifecycle-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const cases = lifecycleCases("not-said");
const pinned = (header: string | undefined, version: string) => ({
  baseUrl: ORIGIN,
  apiVersion: { ...(header === undefined ? {} : { header }), pinned: version },
});
/** Sent in `header`, answered by fields. */
const vendor = (header: string, version: string, fields: Readonly<Record<string, string>>, ...said: readonly [string, string?]) =>
  answered(`${header}: ${version}, ${JSON.stringify(fields)}`, fields, said, pinned(header, version));

describeRule(versionNotAsPinned, {
  ...cases,
  pass: [
    vendor("Stripe-Version", "2026-09-30.endive", { "stripe-version": "2026-09-30.endive" }, "as-pinned"),
    vendor("Stripe-Version", "2026-09-30", { "stripe-version": "2026-09-30.endive" }, "as-pinned"),
    vendor("X-GitHub-Api-Version", "2022-11-28", { "x-github-api-version-selected": "2022-11-28" }, "as-pinned"),
    vendor("x-ms-version", "2023-11-03", { "x-ms-version": "2023-11-03" }, "as-pinned"),
    vendor("api-version", "1", { "api-version": "1.4" }, "as-pinned"),
    vendor("api-version", "latest", { "api-version": "Latest" }, "as-pinned"),
    answered("by the path", { "x-shopify-api-version": "2026-07" }, ["as-pinned"], { baseUrl: `${ORIGIN}/admin/api/2026-07` }),
    answered(
      "pinned by a library, nobody says how",
      { "stripe-version": "2026-09-30.endive" },
      ["as-pinned"],
      pinned(undefined, "2026-09-30"),
    ),
    answered("by a parameter", { "api-version": "2023-11-03" }, ["as-pinned"], {
      baseUrl: ORIGIN,
      apiVersion: { query: "api-version", pinned: "2023-11-03" },
    }),
  ],
  fail: [
    vendor("X-GitHub-Api-Version", "2022-11-28", { "x-github-api-version-selected": "2026-03-10" }, "newer", "high"),
    vendor("X-GitHub-Api-Version", "2026-03-10", { "x-github-api-version-selected": "2026-03-09" }, "older", "medium"),
    vendor("Stripe-Version", "2026-09-30.endive", { "stripe-version": "2026-09-30.fennel" }, "another", "medium"),
    vendor("api-version", "1.9", { "api-version": "1.10" }, "newer", "high"),
    vendor("api-version", "^1.2", { "api-version": "2.0" }, "another", "medium"),
    vendor("api-version", "stable", { "api-version": "unstable" }, "another", "medium"),
    answered("the oldest one that is left", { "x-shopify-api-version": "2026-01" }, ["newer", "high"], {
      baseUrl: `${ORIGIN}/admin/api/2025-07`,
    }),
    answered("a header of the inventory", { "stripe-version": "2026-09-30" }, ["newer", "high"], {
      baseUrl: ORIGIN,
      headers: { "stripe-version": "2020-08-27" },
    }),
  ],
  "not-applicable": [
    ...cases["not-applicable"],
    answered("nothing pinned", { "stripe-version": "2026-09-30" }, ["not-pinned"], { baseUrl: ORIGIN }),
    answered("a generation in the path, and the number of a build", { "x-api-version": "3.2.1" }, ["not-said"]),
    answered("the number of a build beside a pinned version", { "x-api-version": "3.2.1" }, ["not-said"], pinned("api-version", "1")),
    answered("another vendor's field", { "stripe-version": "2026-09-30" }, ["not-said"], pinned("acme-version", "2022-11-28")),
    answered("empty", { "stripe-version": "" }, ["not-said"], pinned("stripe-version", "2022-11-28")),
    answered("a number for a date", { "api-version": "3" }, ["not-comparable"], pinned("api-version", "2022-11-28")),
  ],
  hostile: [
    answered(
      "a token for a version",
      { "stripe-version": `sk_live_${"aB3".repeat(20)}` },
      ["not-said"],
      pinned("stripe-version", "2022-11-28"),
    ),
    answered("64 KB", { "stripe-version": "1".repeat(65_536) }, ["not-said"], pinned("stripe-version", "2022-11-28")),
    answered("a month that is none", { "stripe-version": "2026-13-01" }, ["not-comparable"], pinned("stripe-version", "2022-11-28")),
  ],
});
