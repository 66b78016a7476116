import { describe, expect, it } from "vitest";
import type { Observation } from "../../src/evidence/observation.ts";
import { judge } from "../../src/judge/rules/engine.ts";
import { httpNotFoundProbe } from "../../src/observe/probes/http-not-found.ts";
import { httpPreflightProbe } from "../../src/observe/probes/http-preflight.ts";
import { inspectedAs } from "../app/inspecting.ts";
import { INNOCENT_BODIES } from "../observe/classify/error-bodies.ts";
import { context, integration, target } from "../observe/probes/support.ts";
import { fakeNet, httpAnswer } from "../support/fake-net.ts";
import { NOW } from "./builders.ts";

/** Who complained of a tool that cries here, where the answer is in order. `ZAP 10036` and the like are the rules that were complained of. */
type Recorded = readonly [complaint: string, what: string, ...lines: string[]];

const JSON_TYPE = "Content-Type: application/json";
const ANSWERS: readonly Recorded[] = [
  // Numbers that are no addresses, no times and no versions.
  ["zaproxy#1673", "a version of four numbers", "X-Package-Version: 10.7.31.9"],
  ["zaproxy#6749", "a version that looks like an address inside", "X-App: acme-10.44.14.2"],
  ["zaproxy#88", "a range of versions", "X-Supported: 10.0.0.1-10.0.0.9"],
  ["zaproxy#2834", "a build", "X-Build: 192.168.1.20261123"],
  ["zaproxy#8380", "a time as a number", "X-Request-Start: t=1795435200", "X-Server-Time: 1795435200123"],
  ["zaproxy#6725", "an expiry as a number", "X-RateLimit-Reset: 1795435200"],
  ["zaproxy#2405", "a duration", "X-Runtime: 0.01226"],
  ["zaproxy#2405", "two Cache-Control fields", "Cache-Control: no-store", "Cache-Control: private, max-age=0"],
  [
    "mozilla/http-observatory-website#28",
    "several Set-Cookie fields",
    "Set-Cookie: a=1; Secure; HttpOnly",
    "Set-Cookie: b=2; Secure; HttpOnly",
  ],
  ["yawast#194", "the same field twice with the same value", "Server: nginx", "Server: nginx"],
  ["Santandersecurityresearch/DrHeader#124", "names in any case", "cAcHe-CoNtRoL: no-store", "CONTENT-TYPE: application/json"],
  // Names of software that tell no version.
  ["ZAP 10036", "h2o", "Server: h2o"],
  ["ZAP 10036", "a constant of Amazon", "Server: awselb/2.0"],
  ["ZAP 10036", "a constant of Google", "Server: GFE/1.3"],
  ["ZAP 10036", "a constant of Windows", "Server: Microsoft-HTTPAPI/2.0"],
  ["ZAP 10036", "a connector", "Server: Apache-Coyote/1.1"],
  ["ZAP 10037", "a framework without a version", "X-Powered-By: Express"],
  ["ZAP 10037", "a technology", "X-Powered-By: ASP.NET", "X-Powered-By: Next.js"],
  ["rapid7/recog#574", "a product that nobody knows", "X-Powered-By: Sails <sailsjs.com>"],
  ["nikto#844", "a script for a name", "X-Powered-By: Rainbows and XSS<script>alert(1)</script>"],
  ["ZAP 10036", "ids of a cache", "X-Varnish: 32770 5", "X-Served-By: cache-fra-eddf8230049-FRA", "X-Cache: MISS, HIT"],
  ["ZAP 10036", "a protocol in Via", "Via: 1.1 google"],
  ["ZAP 10036", "a network in Via", "Via: 1.1 abc.cloudfront.net (CloudFront)", "X-Amz-Cf-Pop: FRA56-P10"],
  // What a browser wants, and a client does not.
  ["mozilla/http-observatory-website#111", "none of the fields that browsers want", JSON_TYPE],
  ["mozilla/http-observatory#376", "no HSTS and no CSP", JSON_TYPE, "Server: cloudflare"],
  ["projectdiscovery/nuclei-templates#12008", "no Clear-Site-Data", JSON_TYPE, "Cache-Control: no-store"],
  ["cerberauth/vulnapi http_headers", "no X-Frame-Options", JSON_TYPE, "X-Content-Type-Options: nosniff"],
  ["ZAP 10015", "no-store alone", "Cache-Control: no-store"],
  ["ZAP 10015", "private with an age", "Cache-Control: private, max-age=60, s-maxage=60"],
  ["rfc-st/humble fingerprint", "an ETag", 'ETag: W/"5f-abc"', "Last-Modified: Mon, 23 Nov 2026 10:00:00 GMT"],
  ["ZAP 10098", "any origin", "Access-Control-Allow-Origin: *"],
  [
    "projectdiscovery/nuclei-templates#13402",
    "any origin, and credentials that no browser then sends",
    "Access-Control-Allow-Origin: *",
    "Access-Control-Allow-Credentials: true",
  ],
  ["stoplightio/spectral-owasp-ruleset#23", "no word of limits", JSON_TYPE],
  ["ZAP 10019", "a type with a suffix", "Content-Type: application/vnd.api+json"],
  ["ZAP 90011", "a type without a charset", JSON_TYPE],
  ["ZAP 90011", "a charset where none is defined", "Content-Type: application/json;charset=utf-8"],
  // Cookies of what stands before an API.
  ["mozilla/http-observatory#121", "Cloudflare's", "Set-Cookie: __cf_bm=x; path=/; HttpOnly; Secure", "Set-Cookie: _cfuvid=y; path=/"],
  ["mozilla/http-observatory#202", "Amazon's", "Set-Cookie: AWSALB=x; Path=/", "Set-Cookie: AWSALBCORS=x; Path=/; SameSite=None; Secure"],
  ["mozilla/http-observatory#282", "Azure's", "Set-Cookie: ARRAffinity=x; Path=/; HttpOnly", "Set-Cookie: ARRAffinitySameSite=x; Path=/"],
  ["mozilla/http-observatory#282", "Imperva's", "Set-Cookie: incap_ses_1_2=x; path=/", "Set-Cookie: visid_incap_2=x; path=/"],
  ["mozilla/http-observatory#282", "Akamai's and F5's", "Set-Cookie: ak_bmsc=x; Path=/", "Set-Cookie: TS01abcdef=x; Path=/"],
  ["mozilla/http-observatory#215", "a cookie without a name", "Set-Cookie: =x; Secure", "Set-Cookie: ;", "Set-Cookie: Secure"],
  [
    "mozilla/http-observatory#117",
    "a cookie with an odd date",
    "Set-Cookie: a=1; expires=Thu, 01-Jan-70 00:00:01 GMT; Max-Age=x; Secure; HttpOnly",
  ],
  // Answers that are no success.
  ["mdn/mdn-http-observatory#42", "a 401", "HTTP/1.1 401 Unauthorized", JSON_TYPE, 'WWW-Authenticate: Bearer realm="api"'],
  ["mdn/mdn-http-observatory#223", "a 404", "HTTP/1.1 404 Not Found", JSON_TYPE],
  ["mozilla/http-observatory-website#265", "a 403", "HTTP/1.1 403 Forbidden", JSON_TYPE],
  ["mozilla/http-observatory-website#265", "a 406", "HTTP/1.1 406 Not Acceptable", "Content-Length: 0"],
  ["zaproxy#174", "a 429", "HTTP/1.1 429 Too Many Requests", "Retry-After: 30", JSON_TYPE],
  ["mdn/mdn-http-observatory#118", "a 502", "HTTP/1.1 502 Bad Gateway", "Content-Type: text/html"],
  ["zaproxy#5347", "nothing at all", "HTTP/1.1 200 OK", "Content-Length: 0"],
  ["ZAP 10019", "a 204 without a type", "HTTP/1.1 204 No Content"],
  ["ZAP 10019", "a 304 without a type", "HTTP/1.1 304 Not Modified", 'ETag: "x"'],
  ["nuclei#4604", "a firewall", "HTTP/1.1 403 Forbidden", "cf-mitigated: challenge", "Content-Type: text/html"],
  ["projectdiscovery/nuclei-templates#16870", "a captcha", "HTTP/1.1 405 Method Not Allowed", "x-amzn-waf-action: captcha"],
  ["projectdiscovery/nuclei-templates#16588", "a page of a firewall", "HTTP/1.1 403 Forbidden", "Content-Type: text/html", "Server: nginx"],
  ["mozilla/http-observatory-website#269", "a bot's refusal", "HTTP/1.1 403 Forbidden", "x-datadome: protected", JSON_TYPE],
  [
    "octokit/fixtures rename-repository",
    "a move to another path of the same host",
    "HTTP/1.1 301 Moved Permanently",
    "Location: https://file.invalid/repositories/1",
  ],
  ["securityheaders-bugs#58", "a redirect to a sub-path", "HTTP/1.1 302 Found", "Location: /v2/"],
  // Numbers of limits in the words of those who send them.
  ["express-rate-limit draft-7", "one field of limits", "RateLimit: limit=100, remaining=50, reset=5", "RateLimit-Policy: 100;w=60"],
  ["developer.whoop.com", "windows in one field", "X-RateLimit-Limit: 100, 100;window=60, 10000;window=86400", "X-RateLimit-Remaining: 98"],
  ["community.openai.com", "durations", "x-ratelimit-limit-requests: 60", "x-ratelimit-reset-requests: 6m0s"],
  ["octokit/fixtures", "seconds since 1970", "X-RateLimit-Limit: 5000", "X-RateLimit-Remaining: 4999", "X-RateLimit-Reset: 1795438800"],
  ["mnot/httplint DATE_INCORRECT", "an old copy of a cache that says its age", "Date: Mon, 23 Nov 2026 11:00:00 GMT", "Age: 3600"],
];

describe("a recorded answer that tools cry at", () => {
  it.each(ANSWERS)("%s: %s", async (_complaint, _what, ...lines) => {
    const [status = ""] = lines;
    const saved = status.startsWith("HTTP/") ? lines : ["HTTP/1.1 200 OK", ...lines];
    expect((await inspectedAs("headers", `${saved.join("\r\n")}\r\n\r\n`))?.found).toEqual([]);
  });

  it("is one of sixty at least", () => {
    expect(ANSWERS.length).toBeGreaterThanOrEqual(60);
  });
});

/** Above information: that an error is a page for people is one, and no alarm. */
function alarms(...observations: readonly Observation[]): readonly string[] {
  const bundle = { integration: integration(), observations, asOf: NOW };
  const results = judge(bundle, {
    policy: { packs: [], rules: {} },
    families: ["header", "data", "lifecycle"],
    known: [],
    hashOf: () => "",
  });
  return results
    .filter(({ verdict, severity }) => verdict === "fail" && severity !== "info")
    .map(({ rule, outcome }) => `${rule} ${outcome}`);
}

it("is told from one that is not in order", async () => {
  const stack = "java.lang.E\n\tat a.B.c(B.java:10)\n\tat a.D.e(D.java:20)\n";
  const headers = [
    ["access-control-allow-origin", "https://apirisk-canary.invalid"],
    ["access-control-allow-credentials", "true"],
  ] as const;
  const net = fakeNet({ request: () => httpAnswer({ status: 404, headers, text: stack }) });
  expect(alarms(await httpPreflightProbe.observe(asked, context(net)), await httpNotFoundProbe.observe(asked, context(net)))).toEqual([
    "header/stack-trace shown",
  ]);
  expect((await inspectedAs("headers", "Server: nginx/1.18.0"))?.found).not.toEqual([]);
});

const asked = { target: target(), address: "192.0.2.1", integration: integration(), basePath: "/" };

describe("an answer to a path that is nobody's", () => {
  it.each(INNOCENT_BODIES)("gives no alarm for %s", async (_what, text = "", type = "application/json") => {
    for (const status of [404, 400, 200, 500]) {
      const net = fakeNet({ request: () => httpAnswer({ status, headers: [["content-type", type]], text }) });
      expect(alarms(await httpNotFoundProbe.observe(asked, context(net)))).toEqual([]);
    }
  });
});

const ECHO = ["access-control-allow-origin", "https://apirisk-canary.invalid"] as const;
const CREDENTIALS = ["access-control-allow-credentials", "true"] as const;
const ANY = ["access-control-allow-origin", "*"] as const;
const OWN = ["access-control-allow-origin", "https://app.acme.example"] as const;

interface Preflight {
  readonly complaint: string;
  readonly what: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const PREFLIGHTS: readonly Preflight[] = [
  { complaint: "cerberauth/vulnapi http_headers", what: "no word of other origins", status: 404, headers: [] },
  { complaint: "ZAP 10098", what: "any origin", status: 204, headers: [ANY] },
  { complaint: "projectdiscovery/nuclei-templates#13402", what: "any origin with credentials", status: 204, headers: [ANY, CREDENTIALS] },
  { complaint: "projectdiscovery/nuclei-templates#13441", what: "an origin of its own", status: 204, headers: [OWN, CREDENTIALS] },
  {
    complaint: "projectdiscovery/nuclei-templates#13441",
    what: "our origin, told to caches, without credentials",
    status: 204,
    headers: [ECHO, ["vary", "Accept, Origin"]],
  },
  { complaint: "mnot/httplint ACAO_MULTIPLE_VALUES", what: "two origins", status: 204, headers: [ECHO, OWN, CREDENTIALS] },
  {
    complaint: "Fetch, CORS protocol",
    what: "credentials that no browser takes for a yes",
    status: 204,
    headers: [ECHO, ["access-control-allow-credentials", "True"], ["vary", "origin"]],
  },
  { complaint: "mdn/mdn-http-observatory#42", what: "a refusal", status: 401, headers: [["www-authenticate", "Bearer"]] },
  { complaint: "zaproxy#2679", what: "a method that is not there", status: 405, headers: [["allow", "GET, HEAD, POST"]] },
  {
    complaint: "nuclei#4604",
    what: "a firewall that names everybody back",
    status: 403,
    headers: [["content-type", "text/html"], ECHO, CREDENTIALS],
  },
];

describe("an answer to a browser's question", () => {
  it.each(PREFLIGHTS)("$complaint: $what", async ({ status, headers }) => {
    const net = fakeNet({ request: () => httpAnswer({ status, headers, text: "" }) });
    expect(alarms(await httpPreflightProbe.observe(asked, context(net)), await httpNotFoundProbe.observe(asked, context(net)))).toEqual([]);
  });
});
