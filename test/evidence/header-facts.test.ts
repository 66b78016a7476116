import { describe, expect, it } from "vitest";
import { headerFacts, redirectFact } from "../../src/evidence/header-facts.ts";

const scrub = (text: string) => text.replaceAll("hunter2-secret", "[secret]");
const facts = (...headers: readonly (readonly [string, string])[]) => headerFacts(headers, scrub);
const ORIGIN = "https://api.acme.example";

describe("headerFacts", () => {
  it("keeps banners, sorted by name, and says only that other fields came", () => {
    expect(facts(["x-powered-by", "PHP/8.2.14"], ["set-cookie", "sid=abc"], ["server", "nginx/1.24.0"], ["set-cookie", "b=c"])).toEqual([
      { name: "server", value: "nginx/1.24.0", count: 1 },
      { name: "set-cookie", count: 2 },
      { name: "x-powered-by", value: "PHP/8.2.14", count: 1 },
    ]);
  });

  it("leaves out what differs from call to call, so that the same answer gives the same facts", () => {
    const stable = ["cache-control", "no-store"] as const;
    const first = facts(stable, ["date", "Mon"], ["etag", '"a"'], ["cf-ray", "1"], ["x-ratelimit-remaining", "9"], ["x-b3-traceid", "1"]);
    const second = facts(["date", "Tue"], ["age", "4"], ["x-request-id", "7"], ["location", "/a"], stable);
    expect(first).toEqual([{ name: "cache-control", value: "no-store", count: 1 }]);
    expect(second).toEqual(first);
  });

  it.each([
    ["content-type", 'multipart/mixed; boundary="secret-bound"; charset=UTF-8', "multipart/mixed; charset=utf-8"],
    ["content-type", "Application/JSON", "application/json"],
    ["cache-control", 'private="x-account-7", max-age=60', "private, max-age=60"],
    ["strict-transport-security", "max-age=31536000; includeSubDomains", "max-age=31536000; includesubdomains"],
    ["www-authenticate", 'Bearer realm="db7.corp"', 'Bearer realm=""'],
    [
      "link",
      '<https://docs.acme.example/u/42?t=abc>; rel="sunset", </next/42>; rel=next',
      '<https://docs.acme.example>; rel="sunset", <>; rel="next"',
    ],
    ["ratelimit-policy", "100;w=60", "100;w=60"],
    ["sunset", "Sat, 31 Dec 2026 23:59:59 GMT", "Sat, 31 Dec 2026 23:59:59 GMT"],
    ["deprecation", "@1688169599", "@1688169599"],
    ["via", "1.1 varnish (Varnish/6.0)", "1.1 varnish (Varnish/6.0)"],
  ])("of %s: %j keeps %j", (name, value, kept) => {
    expect(facts([name, value])).toEqual([{ name, value: kept, count: 1 }]);
  });

  it.each([
    ["content-type", "no slash here"],
    ["link", "<https://x.example/a>"],
    ["www-authenticate", ""],
    ["server", ""],
  ])("of %s: %j nothing is left, but that it came", (name, value) => {
    expect(facts([name, value])).toEqual([{ name, count: 1 }]);
  });

  it("reads the lines of a list field as one list, and the first of a field that comes once", () => {
    expect(facts(["www-authenticate", "Basic realm=a"], ["www-authenticate", "Bearer"], ["sunset", "one"], ["sunset", "two"])).toEqual([
      { name: "sunset", value: "one", count: 2 },
      { name: "www-authenticate", value: 'Basic realm="", Bearer', count: 2 },
    ]);
  });

  it.each([
    "api-supported-versions",
    "api-deprecated-versions",
    "x-api-supported-versions",
    "x-api-deprecated-versions",
    "ratelimit-policy",
  ])("keeps every line of %s, however many members each has", (name) => {
    expect(facts([name, "1.0"], [name, "1.1, 2.0"])).toEqual([{ name, value: "1.0, 1.1, 2.0", count: 2 }]);
  });

  it("keeps what every line of a banner names", () => {
    expect(facts(["server", "nginx"], ["x-powered-by", "PHP/7.4.33"], ["server", "hunter2-secret"], ["x-powered-by", "ASP.NET"])).toEqual([
      { name: "server", value: "nginx, [secret]", count: 2 },
      { name: "x-powered-by", value: "PHP/7.4.33, ASP.NET", count: 2 },
    ]);
  });

  it("cuts a value at 512 characters and says so", () => {
    const [server] = facts(["server", "nginx ".repeat(200)]);
    expect(server).toMatchObject({ name: "server", cut: true });
    expect(server?.value).toHaveLength(512);
  });

  it("removes a secret of ours from a value that is kept, and a field that is named after it", () => {
    expect(facts(["server", "nginx hunter2-secret"], ["hunter2-secret", "1"])).toEqual([
      { name: "server", value: "nginx [secret]", count: 1 },
    ]);
  });

  it("removes a secret that was cut by the limit's place", () => {
    const [server] = facts(["server", `${"x ".repeat(252)}hunter2-secret`]);
    expect(server?.value).not.toContain("hunter2");
  });

  it.each([
    "",
    "with space",
    "UPPER",
    "ümlaut",
    "x-3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "x-5f2b7d10c0a84e55",
    "x-user-20417331",
    "abcdefghij".repeat(5),
  ])("drops a field named %j", (name) => {
    expect(facts([name, "1"])).toEqual([]);
  });

  it("cuts names at 64 characters and counts those that become one", () => {
    const long = Array.from({ length: 20 }, () => "ab-c").join("-");
    expect(facts([`${long}-x`, "1"], [`${long}-y`, "1"])).toEqual([{ name: long.slice(0, 64), count: 2 }]);
  });

  it("keeps 200 fields, and never drops one with a value for a filler", () => {
    const fillers = Array.from({ length: 1200 }, (_, index) => [`a-${index.toString(7)}`, "x"] as const);
    const kept = facts(...fillers, ["server", "nginx/1.0"]);
    expect(kept).toHaveLength(200);
    expect(kept.at(-1)).toEqual({ name: "server", value: "nginx/1.0", count: 1 });
  });

  it("takes __proto__ and constructor for the names that they are", () => {
    expect(facts(["__proto__", "1"], ["constructor", "1"]).map(({ name }) => name)).toEqual(["__proto__", "constructor"]);
  });
});

describe("redirectFact", () => {
  const redirect = (location: string | undefined, status = 302) =>
    redirectFact(status, location === undefined ? [] : [["location", location]], ORIGIN, scrub);

  it.each([
    ["/login?next=abc", { origin: ORIGIN, sameOrigin: true, toHttps: true }],
    ["/login?Access_Token=abc", { origin: ORIGIN, sameOrigin: true, toHttps: true, carries: "token" }],
    ["/login#id_token=abc", { origin: ORIGIN, sameOrigin: true, toHttps: true, carries: "token" }],
    [
      "https://b.s3.example/f?X-Amz-Signature=abc",
      { origin: "https://b.s3.example", sameOrigin: false, toHttps: true, carries: "signature" },
    ],
    ["https://b.example/f?sig=abc&token=def", { origin: "https://b.example", sameOrigin: false, toHttps: true, carries: "token" }],
    ["//evil.example/x", { origin: "https://evil.example", sameOrigin: false, toHttps: true }],
    ["http://api.acme.example/", { origin: "http://api.acme.example", sameOrigin: false, toHttps: false }],
    ["https://user:pw@other.example:8443/a", { origin: "https://other.example:8443", sameOrigin: false, toHttps: true }],
    ["\\\\evil.example\\x", { origin: "https://evil.example", sameOrigin: false, toHttps: true }],
    ["javascript:alert(1)", { sameOrigin: false, toHttps: false }],
    ["https://[broken", { sameOrigin: false, toHttps: false }],
    ["https://hunter2-secret.evil.example/", { sameOrigin: false, toHttps: false }],
    ["https://0a1b2c3d4e5f60718293.evil.example/", { origin: "https://[opaque].evil.example", sameOrigin: false, toHttps: true }],
    [undefined, { sameOrigin: false, toHttps: false }],
  ])("of %j keeps the origin alone", (location, fact) => {
    expect(redirect(location)).toEqual(fact);
  });

  it.each([200, 201, 304, 400])("is nothing for status %d", (status) => {
    expect(redirect("/x", status)).toBeUndefined();
  });
});
