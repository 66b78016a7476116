import { keyInQuery } from "../../../../src/judge/rules/auth/key-in-query.ts";
import type { IntegrationAuth } from "../../../../src/model/integration.ts";
import { describeRule } from "../../rule-cases.ts";

const auth = (declared: Partial<IntegrationAuth>) => ({ auth: { neededScopes: [], ...declared } });
const from = (name: string, declared: Partial<IntegrationAuth>, outcome: string, more?: string) => ({
  name,
  integration: auth(declared),
  expect: [["", outcome, ...(more === undefined ? [] : [more])] as unknown as readonly [string, string]],
});

describeRule(keyInQuery, {
  pass: [
    from("a key in a header", { scheme: "api-key", in: "header" }, "outside-url"),
    from("a key in a cookie", { scheme: "api-key", in: "cookie" }, "outside-url"),
    from("a key in the body", { scheme: "api-key", in: "body" }, "outside-url"),
    from("bearer is a header by itself", { scheme: "bearer" }, "outside-url"),
    from("a session is a cookie by itself", { scheme: "session-cookie" }, "outside-url"),
  ],
  fail: [
    from("the query", { scheme: "api-key", in: "query" }, "in-query", "high"),
    from("the path", { scheme: "api-key", in: "path" }, "in-path", "high"),
    from("a bearer token in the query", { scheme: "bearer", in: "query" }, "in-query", "high"),
    from("a signature in the query", { scheme: "sigv4", in: "query" }, "in-query", "high"),
    from("a credential without a scheme", { credential: "env:KEY", in: "query" }, "in-query", "high"),
  ],
  "not-applicable": [
    from("no credential by design", { scheme: "none" }, "no-credential"),
    from("nothing declared", {}, "no-credential"),
    from("addresses instead of a secret", { scheme: "ip-allow-list" }, "no-credential"),
  ],
  unobserved: [
    from("a key without a place", { scheme: "api-key" }, "unobserved", "evidence_missing"),
    from("a credential without scheme and place", { credential: "env:KEY" }, "unobserved", "evidence_missing"),
  ],
  hostile: [
    {
      name: "a subject that this rule never had",
      integration: auth({ scheme: "bearer" }),
      known: ["endpoint:x"],
      expect: [
        ["", "outside-url"],
        ["endpoint:x", "unobserved", "evidence_missing"],
      ],
    },
  ],
});
