import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../../../src/model/net-port.ts";
import { headFacts } from "../../../../src/observe/classify/head/head-facts.ts";

const NOW = Date.parse("2026-12-01T00:00:00Z");

function facts(headers: HttpAnswer["headers"], more: Partial<HttpAnswer> = {}) {
  return headFacts({ httpVersion: "1.1", status: 200, headers, body: new Uint8Array(), ...more }, NOW, { isSensitive: () => false });
}

const arrived = (reason: string, fieldNames: readonly string[] = [], contentOctets = 0) => ({
  arrival: { reason, fieldNames, contentOctets, headMs: 1, contentMs: 1 },
});

describe("what is odd about a head", () => {
  it("is nothing where nothing is", () => {
    expect(facts([["server", "nginx"]], arrived("OK", ["Server"])).wire).toEqual({ conflicting: [], odd: [] });
  });

  it("is a field that may come once with two values, and not two that say the same", () => {
    const headers: HttpAnswer["headers"] = [
      ["server", "a"],
      ["server", "b"],
      ["content-type", "application/json"],
      ["content-type", "application/json "],
      ["cache-control", "private"],
      ["cache-control", "no-store"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=1"],
    ];
    expect(facts(headers).wire.conflicting).toEqual(["server"]);
  });

  it.each<[string, HttpAnswer["headers"], Partial<HttpAnswer>]>([
    ["many-fields", Array.from({ length: 201 }, (_, at) => [`x-${at}`, "1"] as const), {}],
    ["long-field", [["x-a", "a".repeat(4097)]], {}],
    ["control-in-value", [["x-a", "a\u001b[31m"]], {}],
    ["control-in-reason", [], arrived("O\u001b[31mK")],
    ["not-utf8", [["x-a", "caf\u00e9"]], {}],
    ["not-utf8", [["x-a", "\u009b31m"]], {}],
    ["name-not-token", [], arrived("OK", ["x a"])],
    [
      "stacked-codings",
      [
        ["content-encoding", "gzip"],
        ["content-encoding", "br"],
      ],
      {},
    ],
    ["long-reason", [], arrived("O".repeat(129))],
    [
      "length-and-coding",
      [
        ["content-length", "4"],
        ["transfer-encoding", "chunked"],
      ],
      {},
    ],
    ["invalid-status", [], { status: 999 }],
    ["invalid-status", [], { status: 99 }],
  ])("is %s", (oddity, headers, more) => {
    expect(facts(headers, more).wire.odd).toEqual([oddity]);
  });

  it.each([
    ["content-length", "4"],
    ["transfer-encoding", "chunked"],
  ])("is not %s alone", (name, value) => {
    expect(facts([[name, value]], { status: 599 }).wire.odd).toEqual([]);
  });

  it("is not text in UTF-8", () => {
    expect(facts([["x-a", Buffer.from("café").toString("latin1")]]).wire.odd).toEqual([]);
  });

  it("comes with the size of the content by steps", () => {
    const body = Buffer.alloc(20_000);
    expect(facts([["content-encoding", "gzip"]], { body, ...arrived("OK", [], 400) }).wire.content).toEqual({
      sent: "1KB",
      decoded: "256KB",
      coding: "gzip",
    });
  });
});

describe("what caches may do", () => {
  it.each<[string, HttpAnswer["headers"], object]>([
    ["nothing", [], { lastModified: false, expires: "none" }],
    ["guess", [["last-modified", "Mon, 30 Nov 2026 00:00:00 GMT"]], { lastModified: true, expires: "none" }],
    ["a date ahead", [["expires", "Wed, 02 Dec 2026 00:00:00 GMT"]], { lastModified: false, expires: "ahead" }],
    ["no date", [["expires", "-1"]], { lastModified: false, expires: "past" }],
    [
      "by the answer's own clock",
      [
        ["date", "Thu, 03 Dec 2026 00:00:00 GMT"],
        ["expires", "Wed, 02 Dec 2026 00:00:00 GMT"],
      ],
      { lastModified: false, expires: "past" },
    ],
  ])("is %s", (_, headers, expected) => {
    expect(facts(headers).cache).toEqual(expected);
  });
});

describe("the clock of a server", () => {
  it.each<[string, HttpAnswer["headers"], number | undefined]>([
    ["right", [["date", "Tue, 01 Dec 2026 00:04:59 GMT"]], undefined],
    ["fast", [["date", "Tue, 01 Dec 2026 00:10:31 GMT"]], 600],
    ["slow", [["date", "Mon, 30 Nov 2026 23:00:00 GMT"]], -3600],
    [
      "right, of a copy",
      [
        ["date", "Mon, 30 Nov 2026 23:00:00 GMT"],
        ["age", "3600"],
      ],
      undefined,
    ],
    ["unknown", [["date", "yesterday"]], undefined],
  ])("is %s", (_, headers, offBy) => {
    expect(facts(headers).clockOffBy).toBe(offBy);
  });
});

describe("a redirect to the very URL that was asked", () => {
  const of = (status: number, location: string, asked?: string) =>
    headFacts({ httpVersion: "1.1", status, headers: [["location", location]], body: new Uint8Array() }, NOW, {
      isSensitive: () => false,
      ...(asked !== undefined && { url: asked }),
    }).redirectsToItself;

  it.each([
    [302, "/v1/list", "https://api.example/v1/list", true],
    [308, "https://api.example/v1/list#x", "https://api.example/v1/list", true],
    [302, "", "https://api.example/v1/list?a=1", true],
    [302, "/v1/list?b", "https://api.example/v1/list", undefined],
    [302, "http://api.example/v1/list", "https://api.example/v1/list", undefined],
    [201, "/v1/list", "https://api.example/v1/list", undefined],
    [302, "https://[::1", "https://api.example/v1/list", undefined],
    [302, "/v1/list", undefined, undefined],
  ])("%s to %s", (status, location, asked, loops) => {
    expect(of(status, location, asked)).toBe(loops);
  });
});

describe("a digest of the content", () => {
  const body = Buffer.from('{"hello": "world"}\n');
  const of = (headers: HttpAnswer["headers"], more: Partial<HttpAnswer> = {}) => facts(headers, { body, ...more }).digest;
  // The example of RFC 9530 appendix B.1.
  const GOOD = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";

  it.each<[string, HttpAnswer["headers"], Partial<HttpAnswer>, string | undefined]>([
    ["is not there", [], {}, undefined],
    ["fits", [["content-digest", GOOD]], {}, "matches"],
    ["fits by its older name", [["digest", "SHA-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="]], {}, "matches"],
    ["does not fit", [["repr-digest", GOOD.replace("RK", "XX")]], {}, "differs"],
    ["proves nothing", [["digest", "MD5=HUXZLQLMuI/KZ5KDcJPcOA=="]], {}, "weak"],
    [
      "of encoded content is not compared",
      [
        ["content-digest", GOOD],
        ["content-encoding", "gzip"],
      ],
      {},
      "unchecked",
    ],
    [
      "of half the content is not compared",
      [["content-digest", GOOD]],
      { bodyProblem: { reason: "body_truncated", phase: "body", retriable: false } },
      "unchecked",
    ],
    ["of a refusal is not compared", [["content-digest", GOOD]], { status: 404 }, "unchecked"],
  ])("%s", (_, headers, more, digest) => {
    expect(of(headers, more)).toBe(digest);
  });
});
