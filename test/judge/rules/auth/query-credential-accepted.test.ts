import { expect, test } from "vitest";
import { queryCredentialAccepted } from "../../../../src/judge/rules/auth/query-credential-accepted.ts";
import { queries, unseen } from "../../builders.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const says = (name: string, raw: Parameters<typeof queries>[0], ...said: readonly string[]): RuleCase => ({
  name,
  observations: [queries(raw)],
  expect: [["", ...said] as unknown as RuleCase["expect"][number]],
});

describeRule(
  queryCredentialAccepted,
  {
    pass: [says("no name changes anything", {}, "not-read")],
    fail: [says("one name does", { tried: ["api_key"], read: ["api_key"] }, "read", "medium")],
    "not-applicable": [
      {
        name: "our own place",
        integration: { auth: { scheme: "api-key", in: "query", credential: "env:K", neededScopes: [] } },
        observations: [queries({ read: ["key"] })],
        expect: [["", "own-place"]],
      },
      { name: "open by design", integration: { auth: { scheme: "none", neededScopes: [] } }, expect: [["", "no-credential"]] },
      { name: "nothing declared", integration: { auth: { neededScopes: [] } }, expect: [["", "no-credential"]] },
    ],
    unobserved: [
      { name: "nobody asked", expect: [["", "unobserved", "not_requested"]] },
      {
        name: "no permission",
        observations: [unseen("http-query-credential", "permission_missing", { endpoint: "list" }, "skipped")],
        expect: [["", "unobserved", "permission_missing"]],
      },
      says("an unknown name changes it, too", { state: "ambiguous" }, "unobserved", "evidence_ambiguous"),
      says("nothing is refused", { state: "not-refused", tried: [] }, "unobserved", "evidence_ambiguous"),
      says("every name is used for something else", { tried: [] }, "unobserved", "evidence_ambiguous"),
      says("a limiter", { state: "ambiguous", interference: "rate_limited" }, "unobserved", "rate_limited"),
    ],
    hostile: [says("a name that nobody tried, from a store that somebody wrote into", { read: ["\u202e<b>"] }, "read", "medium")],
  },
  () => {
    test("names the parameter", () => {
      const [result] = runCase(queryCredentialAccepted, { name: "", observations: [queries({ read: ["key"] })], expect: [] });
      expect(result?.message).toBe("The refusal changes when the query has key, and not when it has a parameter that nobody knows.");
    });
  },
);
