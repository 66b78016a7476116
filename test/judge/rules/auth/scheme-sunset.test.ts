import { schemeSunset } from "../../../../src/judge/rules/auth/scheme-sunset.ts";
import { letIn } from "../../auth-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const ZENDESK = "acme.zendesk.com";
const SHOP = "acme.myshopify.com";
const token = letIn({ scheme: "basic" }, ZENDESK);
const on = (day: string) => Date.parse(`${day}T12:00:00Z`);
const offline = (expiry?: string) =>
  letIn({ scheme: "api-key", in: "header", ...(expiry === undefined ? {} : { attributes: { expiry } }) }, SHOP);

describeRule(schemeSunset, {
  pass: [
    {
      name: "a way that does not end",
      integration: letIn({ scheme: "oauth2-client-credentials" }, ZENDESK),
      expect: [["", "no-end-known"]],
    },
    { name: "a token that ends by itself", integration: offline("1h"), expect: [["", "no-end-known"]] },
    {
      name: "what would have been refused long ago",
      integration: letIn({ scheme: "basic" }, "acme.atlassian.net"),
      expect: [["", "no-end-known"]],
    },
    {
      name: "the header instead of the query",
      integration: letIn({ scheme: "api-key", in: "header" }, "api.hubapi.com"),
      expect: [["", "no-end-known"]],
    },
    { name: "possible, and past", integration: offline("no"), asOf: on("2027-01-02"), expect: [["", "no-end-known"]] },
  ],
  fail: [
    { name: "the day after", integration: token, asOf: on("2027-05-01"), expect: [["", "ended", "high"]] },
    { name: "the last day", integration: token, asOf: on("2027-04-30"), expect: [["", "ends-in-90-days", "high"]] },
    { name: "89 days", integration: token, asOf: on("2027-02-01"), expect: [["", "ends-in-90-days", "high"]] },
    { name: "90 days", integration: token, asOf: on("2027-01-31"), expect: [["", "ends-in-a-year", "medium"]] },
    { name: "a year and a day", integration: token, asOf: on("2026-04-29"), expect: [["", "ends-later", "low"]] },
    {
      name: "ended years ago",
      integration: letIn({ scheme: "api-key", in: "query" }, "api.hubapi.com"),
      expect: [["", "ended", "high"]],
    },
    {
      name: "a place that nobody told",
      integration: letIn({ scheme: "api-key" }, "api.hubapi.com"),
      asOf: on("2022-11-01"),
      expect: [["", "may-end", "low"]],
    },
    { name: "custom apps are exempt, and may be ours", integration: offline("no"), expect: [["", "may-end", "low"]] },
    { name: "whether it ends is not told", integration: offline(), expect: [["", "may-end", "low"]] },
    {
      name: "declared to be one of those that ended",
      integration: letIn({ scheme: "basic", attributes: { expiry: "no" } }, "acme.atlassian.net"),
      expect: [["", "ended", "high"]],
    },
  ],
  "not-applicable": [
    { name: "nothing declared", integration: letIn({}, ZENDESK), expect: [["", "nothing-declared"]] },
    { name: "a provider that is not in the calendar", integration: letIn({ scheme: "basic" }), expect: [["", "provider-not-listed"]] },
  ],
  // The inventory, the calendar and the clock are always there.
  unobserved: [
    {
      name: "a subject that this rule never had",
      integration: token,
      known: ["basic"],
      expect: [
        ["", "ends-in-a-year", "medium"],
        ["basic", "unobserved", "evidence_missing"],
      ],
    },
  ],
  hostile: [
    {
      name: "the bare domain is another host",
      integration: letIn({ scheme: "basic" }, "zendesk.com"),
      expect: [["", "provider-not-listed"]],
    },
    {
      name: "another domain that ends alike",
      integration: letIn({ scheme: "basic" }, "evilzendesk.com"),
      expect: [["", "provider-not-listed"]],
    },
  ],
});
