import { expect, test } from "vitest";
import { turnedAway } from "../../src/model/turned-away.ts";

const HTML: [string, string] = ["content-type", "text/html; charset=utf-8"];

test.each<[ReturnType<typeof turnedAway>, number, readonly (readonly [string, string])[]]>([
  ["rate_limited", 429, []],
  ["rate_limited", 429, [["x-datadome", "protected"]]],
  ["rate_limited", 503, [["retry-after", "30"]]],
  [undefined, 503, [HTML]],
  [undefined, 500, [["retry-after", "30"]]],
  ["blocked", 403, [HTML]],
  ["blocked", 403, [["content-type", " Application/XHTML+xml"]]],
  [undefined, 403, [["content-type", "application/problem+json"]]],
  [undefined, 403, [["content-type", "application/json; not=text/html"]]],
  [undefined, 401, [HTML]],
  ["blocked", 200, [["cf-mitigated", "challenge"]]],
  ["blocked", 503, [["cf-mitigated", "challenge"]]],
  ["blocked", 202, [["x-amzn-waf-action", "challenge"]]],
  ["blocked", 405, [["x-amzn-waf-action", "captcha"]]],
  ["blocked", 400, [["x-datadome", "protected"]]],
  ["blocked", 499, [["x-datadome", "protected"]]],
  [undefined, 200, [["x-datadome", "protected"]]],
  [undefined, 302, [["x-datadome", "protected"]]],
  [undefined, 500, [["x-datadome", "protected"]]],
])("%s: %i with %j", (turned, status, headers) => {
  expect(turnedAway({ status, headers })).toBe(turned);
});
