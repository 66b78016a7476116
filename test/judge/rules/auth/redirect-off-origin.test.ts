import { expect, test } from "vitest";
import { redirectOffOrigin } from "../../../../src/judge/rules/auth/redirect-off-origin.ts";
import { answerCases, KEY_IN_HEADER, saysOfAnswer } from "../../answer-cases.ts";
import { response, tokenResponse } from "../../builders.ts";
import { LOGIN } from "../../login-cases.ts";
import { describeRule, type RuleCase, runCase } from "../../rule-cases.ts";

const shared = answerCases("no-redirect");
const to = (location: string, status = 302) => ({ status, interference: "unexpected_status" as const, headers: { location } });
const declared = (auth: object) => ({ auth: { credential: "env:KEY", neededScopes: [], ...auth } });

const sentOn = (location: string, status = 302) => ({ status, issued: false, headers: [["location", location]] as const });

function login(
  name: string,
  raw: Parameters<typeof tokenResponse>[0],
  said: readonly string[],
  clientAuth: "client_secret_basic" | "client_secret_post" = "client_secret_basic",
): RuleCase {
  const token = { url: "https://auth.acme.example/token", clientAuth, scopes: [] };
  const expected = [
    ["endpoint:list", "no-redirect"],
    ["login", ...said],
  ] as unknown as RuleCase["expect"];
  return { name, integration: { auth: { ...LOGIN, token } }, observations: [response(), tokenResponse(raw)], expect: expected };
}

describeRule(
  redirectOffOrigin,
  {
    pass: [
      login("no redirect of a login", {}, ["no-redirect"]),
      login("a login that stays at its origin", sentOn("/token2", 307), ["same-origin"]),
      saysOfAnswer("no redirect", {}, ["no-redirect"]),
      saysOfAnswer("a Location that is no redirect", { status: 201, headers: { location: "https://evil.example/" } }, ["no-redirect"]),
      saysOfAnswer("to another path", to("/v2/list"), ["same-origin"], KEY_IN_HEADER),
      saysOfAnswer("to itself, in full", to("https://api.acme.example:443/v2"), ["same-origin"]),
      saysOfAnswer("to a signed URL of its own", to("/file?X-Amz-Signature=1"), ["same-origin"]),
    ],
    fail: [
      ...[307, 308].map((status) =>
        login(
          `a form with a secret, status ${status}`,
          sentOn("https://evil.example/token", status),
          ["resends-login", "high"],
          "client_secret_post",
        ),
      ),
      login("a form with a secret, status 302", sentOn("https://evil.example/token"), ["off-origin", "medium"], "client_secret_post"),
      login("a secret in a header", sentOn("https://evil.example/token", 307), ["off-origin", "medium"]),
      login("a login that goes on in the clear", sentOn("http://auth.acme.example/token", 307), ["to-http", "high"]),
      login(
        "a login that goes on at a neighbour",
        sentOn("https://login.acme.example/token", 307),
        ["same-domain", "low"],
        "client_secret_post",
      ),
      ...[301, 302, 303, 307, 308].map((status) =>
        saysOfAnswer(
          `a key in a header of its own, status ${status}`,
          to("https://evil.example/x", status),
          ["leaks-custom-header", "high"],
          KEY_IN_HEADER,
        ),
      ),
      saysOfAnswer("a bearer token", to("https://evil.example/"), ["off-origin", "medium"]),
      saysOfAnswer(
        "a bearer token in another header",
        to("https://evil.example/"),
        ["leaks-custom-header", "high"],
        declared({ scheme: "bearer", name: "PRIVATE-TOKEN" }),
      ),
      saysOfAnswer(
        "an api key in Authorization",
        to("https://evil.example/"),
        ["off-origin", "medium"],
        declared({ scheme: "api-key", name: "authorization" }),
      ),
      saysOfAnswer(
        "an api key in the query",
        to("https://evil.example/"),
        ["off-origin", "medium"],
        declared({ scheme: "api-key", in: "query" }),
      ),
      saysOfAnswer("a cookie", to("https://evil.example/"), ["off-origin", "medium"], declared({ scheme: "session-cookie" })),
      saysOfAnswer(
        "a signature",
        to("https://evil.example/"),
        ["off-origin", "medium"],
        declared({ scheme: "hmac", in: "header", name: "X-Signature" }),
      ),
      saysOfAnswer("to a storage host by a signed URL", to("https://bucket.s3.amazonaws.com/x?X-Amz-Signature=1"), [
        "off-origin",
        "medium",
      ]),
      saysOfAnswer("to another host of the domain", to("https://files.acme.example/x"), ["same-domain", "low"], KEY_IN_HEADER),
      saysOfAnswer("to another port", to("https://api.acme.example:8443/x"), ["same-domain", "low"], KEY_IN_HEADER),
      saysOfAnswer("to http", to("http://api.acme.example/v1/list"), ["to-http", "high"]),
      saysOfAnswer("with a token, at the origin", to("/next?access_token=1"), ["token-in-location", "medium"]),
      saysOfAnswer("with a token in the fragment", to("/next#id_token=1"), ["token-in-location", "medium"]),
    ],
    "not-applicable": shared["not-applicable"],
    unobserved: [
      ...shared.unobserved,
      login("a login whose redirect an earlier release did not note", { status: 307, issued: false }, ["unobserved", "evidence_missing"]),
      login("a firewall before the token endpoint", { status: 403, interference: "blocked" }, ["unobserved", "blocked"]),
      saysOfAnswer("a redirect that leads nowhere", { status: 302, headers: {} }, ["unobserved", "evidence_ambiguous"]),
      saysOfAnswer("a Location of another scheme", to("javascript:alert(1)"), ["unobserved", "evidence_ambiguous"]),
    ],
    hostile: [
      saysOfAnswer("a Location that is no URL", to("https://[::::]/\u202e"), ["unobserved", "evidence_ambiguous"]),
      saysOfAnswer("an address", to("https://169.254.169.254/"), ["leaks-custom-header", "high"], KEY_IN_HEADER),
      saysOfAnswer(
        "a name that only begins alike",
        to("https://api.acme.example.evil.test/"),
        ["leaks-custom-header", "high"],
        KEY_IN_HEADER,
      ),
      saysOfAnswer("a user before the host", to("https://api.acme.example@evil.test/"), ["leaks-custom-header", "high"], KEY_IN_HEADER),
    ],
  },
  () => {
    test("says what the URL carries, and nothing of its path", () => {
      const message = (location: string) =>
        runCase(redirectOffOrigin, { name: "", observations: [response(to(location))], expect: [] })[0]?.message;
      expect(message("https://evil.example/p4th?token=c4n4ry")).toBe(
        "The call is redirected to another origin. The URL that it leads to carries a token, which ends in logs.",
      );
      expect(message("https://evil.example/p4th?sig=c4n4ry")).toContain("is signed");
      expect(message("https://evil.example/p4th?q=c4n4ry")).toBe("The call is redirected to another origin.");
    });
  },
);
