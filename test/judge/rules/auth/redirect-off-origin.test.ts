import { expect, test } from "vitest";
import { redirectOffOrigin } from "../../../../src/judge/rules/auth/redirect-off-origin.ts";
import { answerCases, KEY_IN_HEADER, saysOfAnswer } from "../../answer-cases.ts";
import { response } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const shared = answerCases("no-redirect");
const to = (location: string, status = 302) => ({ status, interference: "unexpected_status" as const, headers: { location } });
const declared = (auth: object) => ({ auth: { credential: "env:KEY", neededScopes: [], ...auth } });

describeRule(
  redirectOffOrigin,
  {
    pass: [
      saysOfAnswer("no redirect", {}, ["no-redirect"]),
      saysOfAnswer("a Location that is no redirect", { status: 201, headers: { location: "https://evil.example/" } }, ["no-redirect"]),
      saysOfAnswer("to another path", to("/v2/list"), ["same-origin"], KEY_IN_HEADER),
      saysOfAnswer("to itself, in full", to("https://api.acme.example:443/v2"), ["same-origin"]),
      saysOfAnswer("to a signed URL of its own", to("/file?X-Amz-Signature=1"), ["same-origin"]),
    ],
    fail: [
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
