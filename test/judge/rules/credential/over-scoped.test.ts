import { expect, test } from "vitest";
import { overScoped } from "../../../../src/judge/rules/credential/over-scoped.ts";
import { response, tokenResponse, unseen } from "../../builders.ts";
import { LOGIN } from "../../login-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const integration = { auth: { ...LOGIN, neededScopes: ["orders.read", "repo"] } };
const granted = (name: string, scopes: readonly string[], ...said: readonly string[]): RuleCase => ({
  name,
  integration,
  observations: [tokenResponse({ scopes }), response()],
  expect: [["scopes", ...said] as unknown as RuleCase["expect"][number]],
});

describeRule(
  overScoped,
  {
    pass: [
      granted("what is needed", ["orders.read", "repo"], "as-needed"),
      granted("less than that", ["orders.read"], "as-needed"),
      granted("nothing", [], "as-needed"),
      granted("who we are beside it", ["openid", "orders.read", "offline_access"], "as-needed"),
    ],
    fail: [
      granted("reading", ["orders.read", "customers.read"], "reads-more", "low"),
      granted("writing", ["orders.write", "customers.read"], "writes-more", "medium"),
      granted("a word that says nothing", ["orders.read", "gist"], "writes-more", "medium"),
      granted("reading what would be grave to rule", ["admin.users:read", "User.Read.All"], "reads-more", "low"),
      granted("reading and writing in one word", ["orders.read_write"], "writes-more", "medium"),
      granted("deleting what is read", ["read_delete"], "rules-more", "high"),
      granted("deleting", ["delete_repo"], "rules-more", "high"),
      granted("ruling", ["admin:org", "gist", "x.read"], "rules-more", "high"),
      {
        name: "told with every answer",
        integration,
        observations: [response({ headers: { "x-oauth-scopes": "repo, delete_repo" } })],
        expect: [["scopes", "rules-more", "high"]],
      },
    ],
    "not-applicable": [
      { name: "nobody said what is needed", observations: [tokenResponse({ scopes: ["admin"] })], expect: [["", "needs-unknown"]] },
      { name: "no answer says it", integration, observations: [tokenResponse(), response()], expect: [["scopes", "not-told"]] },
      {
        name: "the scopes of somebody else",
        integration,
        observations: [response({ credential: { state: "none" }, headers: { "x-oauth-scopes": "admin" } })],
        expect: [["scopes", "not-told"]],
      },
    ],
    unobserved: [
      { name: "nobody asked", integration, expect: [["scopes", "unobserved", "not_requested"]] },
      {
        name: "no answer",
        integration,
        observations: [unseen("http-response", "connect_timeout", { endpoint: "list" })],
        expect: [["scopes", "unobserved", "evidence_missing"]],
      },
    ],
    hostile: [
      granted("controls and tags", ["\u001b[2J", "<img>", "orders.read"], "as-needed"),
      granted(
        "a thousand",
        Array.from({ length: 1000 }, (_, at) => `x${at}.read`),
        "reads-more",
        "low",
      ),
    ],
  },
  () => {
    test("names the first of them", () => {
      const messages = [["b.write", "a.write"], Array.from({ length: 20 }, (_, at) => `s${at}`)].map(
        (scopes) => runCase(overScoped, granted("", scopes))[0]?.message,
      );
      expect(messages).toEqual([
        "Not needed, by auth.neededScopes: a.write, b.write.",
        "Not needed, by auth.neededScopes: s0, s1, s10, s11, s12, s13, s14, s15 and 12 more.",
      ]);
    });
  },
);
