import { describe, expect, test } from "vitest";
import { inspectedAs } from "./inspecting.ts";

const CANARY = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";

describe("inspect --as headers: banners", () => {
  test("are of every field that names software, with what is not known as null", async () => {
    const saved = [
      "HTTP/1.1 200 OK",
      "Server: nginx/1.18.0 (Ubuntu)",
      "X-Generator: Drupal 10",
      "X-Jenkins: 2.319.1",
      "X-Powered-By: Express",
    ];
    const { facts = {} } = (await inspectedAs("headers", saved.join("\r\n"))) ?? {};
    expect(facts["banners"]).toEqual([
      { product: "nginx", version: "1.18.0", distro: "ubuntu" },
      { product: "drupal", version: "10", distro: null },
      { product: "jenkins", version: "2.319.1", distro: null },
      { product: "express", version: null, distro: null },
    ]);
  });

  test("are of every line of a field", async () => {
    const { facts = {}, found } = (await inspectedAs("headers", "X-Powered-By: ASP.NET\nX-Powered-By: PHP/7.4.33\n")) ?? {};
    expect(facts["banners"]).toEqual([
      { product: "asp.net", version: null, distro: null },
      { product: "php", version: "7.4.33", distro: null },
    ]);
    expect(found).toEqual(["header/end-of-life-software ended medium", "header/version-disclosure disclosed low"]);
  });

  test("are nothing but names and numbers", async () => {
    const saved = `Server: <script>alert(1)</script> \u001b[31m nginx/1.18.0\nX-Powered-By: ${CANARY}\nX-Powered-By: ${CANARY}/1.0\n`;
    const { facts = {}, printed } = (await inspectedAs("headers", saved)) ?? {};
    expect(facts["banners"]).toEqual([{ product: "nginx", version: "1.18.0", distro: null }]);
    expect(printed).not.toContain(CANARY);
  });
});

describe("inspect --as headers: what tells no version", () => {
  test.each([
    "Server: h2o",
    "Server: awselb/2.0",
    "Server: GFE/1.3",
    "Server: gws",
    "Server: AmazonS3",
    "Server: Google Frontend",
    "Server: Microsoft-HTTPAPI/2.0",
    "Server: Apache-Coyote/1.1",
    "Server: Kestrel",
    "X-Runtime: 0.01226",
    "X-Varnish: 32770 5",
    "X-Served-By: cache-fra-eddf8230049-FRA",
    "Via: 1.1 google",
    "Via: 1.1 abc.cloudfront.net (CloudFront)",
    "X-Powered-By: ASP.NET",
  ])("%s: no finding", async (line) => {
    expect((await inspectedAs("headers", line))?.found).toEqual([]);
  });

  test("four numbers are a version where a product stands before them, and no address", async () => {
    const { facts = {}, found } = (await inspectedAs("headers", "Server: ScreenConnect/10.7.31.9")) ?? {};
    expect(facts["banners"]).toEqual([{ product: "screenconnect", version: "10.7.31.9", distro: null }]);
    expect(found).toEqual(["header/version-disclosure disclosed low"]);
  });
});

describe("inspect --as headers: what fields give away", () => {
  test.each([
    ["Via: 1.1 ip-10-2-3-4", "via", "internal-host", "header/internal-host named low"],
    ["X-Debug-Token-Link: /_profiler/a1b2c3", "x-debug-token-link", "debug-link", "header/debug-information profiler-linked high"],
    ["X-Backend: 10.20.30.40:8080", "x-backend", "private-address", "header/internal-address told low"],
    ["Set-Cookie: BIGipServerweb=1677787402.36895.0000", "set-cookie", "pool-address", "header/pool-cookie readable low"],
    [
      `X-Config: ${["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"].join("")}`,
      "x-config",
      "secret",
      "header/secret-in-header secret critical",
    ],
    ["CF-Connecting-IP: 203.0.113.77", "cf-connecting-ip", "own-address", "header/request-echoed our-address info"],
  ])("%s", async (line, field, what, finding) => {
    const { facts = {}, found, printed } = (await inspectedAs("headers", line)) ?? {};
    expect(facts["leaks"]).toEqual([{ field, what }]);
    expect(found).toEqual([finding]);
    const [, ...value] = line.split(/[ =]/);
    for (const part of value.filter((text) => text.length > 9)) expect(printed).not.toContain(part);
  });
});

describe("inspect --as headers: a malformed head", () => {
  test.each([
    ["HTTP/1.1 200 OK\nContent-Length: 4\nTransfer-Encoding: chunked\n\n", "length-and-coding"],
    ["HTTP/1.1 200 OK\nX-A : 1\nServer: a\n\n", "name-not-token"],
    ["HTTP/1.1 200 OK\nX(A): 1\n\n", "name-not-token"],
    ["HTTP/1.1 099 x\nX-A: 1\n\n", "invalid-status"],
    ["X-A : 1\n", "name-not-token"],
  ])("%j is one", async (saved, oddity) => {
    const { facts = {}, found } = (await inspectedAs("headers", saved)) ?? {};
    expect(facts["wire"]).toMatchObject({ odd: [oddity] });
    expect(found).toEqual(["header/malformed-head malformed low"]);
  });

  test("999 is told as it was, and as the answer of a broken server (RFC 9110 section 15)", async () => {
    const { facts = {}, found } = (await inspectedAs("headers", "HTTP/1.1 999 Request denied\nX-A: 1\n\n")) ?? {};
    expect(facts).toMatchObject({ status: 999, interference: "server_error", wire: { odd: ["invalid-status"] } });
    expect(found).toEqual([]);
  });

  test.each([
    "HTTP/1.1 200 OK\nContent-Length: 4\nX-A: 1\n\n",
    "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n",
    "HTTP/1.1 404 Not Found\nX-A\t1\n\n",
  ])("%j is none", async (saved) => {
    expect((await inspectedAs("headers", saved))?.found).toEqual([]);
  });
});

describe("inspect --as headers: how errors are told", () => {
  const page = (text: string) => `HTTP/1.1 404 Not Found\nContent-Type: text/html\n\n${text}\n`;

  test.each([
    [
      'HTTP/1.1 500 Oops\nContent-Type: application/json\n\n{"stackTrace": "java.lang.Error: a\\n\\tat com.acme.Orders.find(Orders.java:42)\\n\\tat com.acme.Api.get(Api.java:7)"}',
      ["header/stack-trace shown medium"],
    ],
    [
      'HTTP/1.1 400 Bad Request\nContent-Type: text/plain\n\nTraceback (most recent call last):\n  File "/srv/a.py", line 1, in a\n    b()\n  File "/srv/b.py", line 2, in b\n    c()\nKeyError: 1',
      ["header/stack-trace shown medium"],
    ],
    [page("<hr><center>nginx/1.18.0</center>"), ["header/error-page-version disclosed low"]],
    [
      page("<p>You're seeing this error because you have <code>DEBUG = True</code> in your Django settings file.</p>"),
      ["header/debug-page debug high"],
    ],
    ["HTTP/1.1 405 Not Allowed\nAllow: GET, TRACE\n\n", ["header/unsafe-methods offered low"]],
    ["HTTP/1.1 204 No Content\nAccess-Control-Allow-Methods: GET, TRACK\n\n", ["header/unsafe-methods offered low"]],
  ])("%j tells of itself", async (saved, expected) => {
    expect((await inspectedAs("headers", saved))?.found).toEqual(expected);
  });

  test.each([
    [
      "an answer of data",
      'HTTP/1.1 200 OK\nContent-Type: application/json\n\n{"stack": "/srv/app/a.js:1", "exception": "/srv/app/a.js:1"}',
    ],
    ["plain words", 'HTTP/1.1 500 Oops\nContent-Type: application/json\n\n{"message": "internal error at line 4, trace 7"}'],
    ["a page without a version", page("<hr><center>nginx</center>")],
    ["a limiter's page", "HTTP/1.1 429 Slow down\nRetry-After: 5\nContent-Type: text/html\n\n<hr><center>nginx/1.18.0</center>"],
    ["usual methods", "HTTP/1.1 405 Not Allowed\nAllow: GET, PUT, PATCH, DELETE, OPTIONS\n\n"],
    [
      "an origin that somebody was allowed",
      "HTTP/1.1 404 No\nAccess-Control-Allow-Origin: https://apirisk-canary.invalid\nAccess-Control-Allow-Credentials: true\n\n",
    ],
  ])("%s tells of nothing", async (_, saved) => {
    expect((await inspectedAs("headers", saved))?.found).toEqual([]);
  });
});

test("inspect --as headers reads a name of megabytes as one that is too long", async () => {
  const { facts = {}, found } = (await inspectedAs("headers", `HTTP/1.1 200 OK\n${"a".repeat(8 * 1024 * 1024)}: 1\n\n`)) ?? {};
  expect(facts["wire"]).toMatchObject({ odd: ["long-field"] });
  expect(found).toEqual(["header/malformed-head unusual info"]);
});

describe("inspect --as headers: a call with a credential, as curl -v shows it", () => {
  const called = (sent: readonly string[], head: readonly string[], body = "") =>
    [
      "* Connected to api.acme.com (203.0.113.9) port 443",
      "> GET /me HTTP/1.1",
      "> Host: api.acme.com",
      ...sent.map((line) => `> ${line}`),
      ">",
      "< HTTP/1.1 200 OK",
      ...head.map((line) => `< ${line}`),
      "<",
      body,
    ].join("\r\n");
  const PERSON = '{"email": "jane.doe@acme.com", "phone": "+44 20 7946 0958"}\n';
  const JSON_TYPE = "Content-Type: application/json";
  const BEARER = `Authorization: Bearer ${CANARY}`;

  test.each([
    ["a loose session", [BEARER], ["Set-Cookie: sessionid=a1; Path=/"], "", ["ambient-session kept-loosely low"]],
    ["one without Secure", [BEARER], ["Set-Cookie: sessionid=a1; HttpOnly"], "", ["ambient-session kept-loosely low"]],
    [
      "shared caches",
      [BEARER],
      [JSON_TYPE, "Cache-Control: public, max-age=60"],
      PERSON,
      ["authenticated-response-cached may-be-shared medium"],
    ],
    [
      "a key that caches do not know",
      [`X-Api-Key: ${CANARY}`],
      [JSON_TYPE, "Cache-Control: max-age=60"],
      PERSON,
      ["authenticated-response-cached unvaried high"],
    ],
    [
      "a guess of caches",
      [`X-Auth-Token: ${CANARY}`],
      [JSON_TYPE, "Last-Modified: Sat, 21 Nov 2026 10:00:00 GMT"],
      PERSON,
      ["authenticated-response-cached may-be-guessed medium"],
    ],
  ])("%s", async (_, sent, head, body, expected) => {
    const { found, printed } = (await inspectedAs("headers", called(sent, head, body))) ?? {};
    expect(found).toEqual(expected);
    expect(printed).not.toContain(CANARY);
  });

  test.each([
    ["a session that is kept well", [BEARER], ["Set-Cookie: sessionid=a1; Secure; HttpOnly"], ""],
    ["a cookie of a balancer", [BEARER], ["Set-Cookie: AWSALB=a1"], ""],
    ["a private answer", [BEARER], [JSON_TYPE, "Cache-Control: private, max-age=60, s-maxage=60"], PERSON],
    ["Authorization, which caches know", [BEARER], [JSON_TYPE, "Cache-Control: max-age=60"], PERSON],
    ["a key that Vary names", [`X-Api-Key: ${CANARY}`], [JSON_TYPE, "Cache-Control: max-age=60", "Vary: X-Api-Key"], PERSON],
    ["public data", [BEARER], [JSON_TYPE, "Cache-Control: public, max-age=60"], '{"currency": "EUR"}\n'],
    ["content that nobody saved", [BEARER], [JSON_TYPE, "Cache-Control: public, max-age=60"], ""],
    ["no credential", [], [JSON_TYPE, "Cache-Control: public, max-age=60", "Set-Cookie: sessionid=a1"], PERSON],
    ["an empty field", ["Authorization:"], ["Set-Cookie: sessionid=a1"], ""],
    ["a token against forged requests", ["X-CSRF-Token: a1"], ["Set-Cookie: sessionid=a1"], ""],
    ["cookies of no session", ["Cookie: theme=dark"], [JSON_TYPE, "Cache-Control: public, max-age=60"], PERSON],
    ["a method that caches do not know", [BEARER], [JSON_TYPE, "Cache-Control: public"], PERSON, "POST"],
  ])("nothing of %s", async (_, sent, head, body, method = "GET") => {
    expect((await inspectedAs("headers", called(sent, head, body).replace("GET", method)))?.found).toEqual([]);
  });

  test("nobody knows of an answer alone what was sent", async () => {
    const saved = `HTTP/1.1 200 OK\n${JSON_TYPE}\nCache-Control: public, max-age=60\nSet-Cookie: sessionid=a1\n\n${PERSON}`;
    expect((await inspectedAs("headers", saved))?.found).toEqual([]);
  });

  test.each([
    ["https://api.acme.com/v2/me", BEARER, []],
    ["/v2/me", BEARER, []],
    ["http://api.acme.com/me", BEARER, ["redirect-off-origin to-http high"]],
    ["https://files.example.net/me", BEARER, ["redirect-off-origin off-origin medium"]],
    ["https://files.example.net/me", `X-Api-Key: ${CANARY}`, ["redirect-off-origin leaks-custom-header high"]],
    ["https://files.example.net/me", "Accept: */*", []],
  ])("is redirected to %s, with %s", async (location, sent, expected) => {
    const saved = called([sent], [`Location: ${location}`]).replace("200 OK", "302 Found");
    expect((await inspectedAs("headers", saved))?.found).toEqual(expected);
  });
});

describe("inspect --as headers: what a refusal asks for", () => {
  test.each([
    ["WWW-Authenticate: NTLM", ["ntlm-offered ntlm medium"]],
    ['WWW-Authenticate: Digest realm="a", nonce="b", qop="auth"', ["digest-weak md5 medium"]],
    ['WWW-Authenticate: Bearer realm="a", realm="b"', ["challenge-malformed malformed info"]],
    ["X-A: 1", ["challenge-missing unnamed info"]],
    ['WWW-Authenticate: Bearer realm="a"', []],
  ])("%s", async (line, expected) => {
    expect((await inspectedAs("headers", `HTTP/1.1 401 Unauthorized\n${line}\n\n`))?.found).toEqual(expected);
  });
});
