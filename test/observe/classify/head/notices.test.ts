import { describe, expect, test } from "vitest";
import { lifecycleNotices } from "../../../../src/observe/classify/head/notices.ts";

const noticed = (line: string) => {
  const at = line.indexOf(":");
  return lifecycleNotices([[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]]).map(({ what }) => what);
};

describe("what is a notice", () => {
  test.each([
    ['Warning: 299 - "This API version is deprecated and will be removed by Summer \'22"', "deprecated"],
    ['Warning: 299 - "extensions/v1beta1 Ingress is deprecated in v1.14+, unavailable in v1.22+; use networking.k8s.io/v1"', "deprecated"],
    ['Warning: 110 cache "Response is stale", 299 - "sunset on 2027-01-01" "Mon, 23 Nov 2026 12:00:00 GMT"', "deprecated"],
    ['Warning: 299 - "unknown field \\"spec.foo\\""', "warned"],
    ["Warning: This endpoint is deprecated", "deprecated"],
    ["X-Shopify-API-Deprecated-Reason: https://shopify.dev/changelog", "deprecated"],
    ["X-Shopify-API-Version-Warning: You are using an unsupported version", "version-warning"],
    ["X-API-Warn: v1 will be removed in March", "deprecated"],
    ["X-API-Warn: please add a User-Agent", "warned"],
    ["X-Deprecated: true", "deprecated"],
    ["X-Deprecated-Message: use v2", "deprecated"],
    ["X-Deprecation-Notice: use v2", "deprecated"],
    ["X-API-Deprecation-Info: use v2", "deprecated"],
    ["Deprecated: true", "deprecated"],
    ["Deprecated: 2026-11-01", "deprecated"],
    ["API-Deprecated: v1", "deprecated"],
    ["X-Sunset: Wed, 30 Jun 2027 23:59:59 GMT", "deprecated"],
    ["X-Sunset: 2027-06-30", "deprecated"],
    ["X-API-Sunset-Date: @1814400000", "deprecated"],
    ["Sunset-Date: 2027-06-30", "deprecated"],
    ["X-End-Of-Life: 2027-06-30T00:00:00Z", "deprecated"],
    ["X-Sunset: v1 will be removed in March", "deprecated"],
  ])("%s", (line, what) => {
    expect(noticed(line)).toEqual([what]);
  });
});

describe("what is none", () => {
  test.each([
    'Warning: 110 cache "Response is stale"',
    'Warning: 111 - "Revalidation failed"',
    'Warning: 112 - "Disconnected"',
    'Warning: 113 - "Heuristic expiration"',
    'Warning: 199 - "deprecated, but of this answer alone"',
    'Warning: 214 - "Transformation applied"',
    "Warning:",
    "Warning: summer '22 release",
    "X-Deprecated: false",
    "X-Deprecated: ?0",
    "X-Deprecated: []",
    "X-Deprecation-Notice:",
    "X-Shopify-API-Version-Warning: none",
    "X-Undeprecated: true",
    "Deprecation: true",
    "Deprecated: false",
    "Deprecated:",
    "X-Sunset: false",
    "X-Sunset: 18:42",
    "X-Sunset: Santa Monica",
    "X-Sunset: never",
    "Sunset: 2027-06-30",
    "X-Release-Date: 2027-06-30",
    "X-Date: 2027-06-30",
    "Server: deprecated/1.0",
  ])("%s", (line) => {
    expect(noticed(line)).toEqual([]);
  });
});

test("each once, sorted, and nothing of the text", () => {
  const notices = lifecycleNotices([
    ["x-deprecated", "canary-4711"],
    ["warning", '299 - "canary-4711 is deprecated"'],
    ["x-deprecated", "canary-4712"],
  ]);
  expect(notices).toEqual([
    { field: "warning", what: "deprecated" },
    { field: "x-deprecated", what: "deprecated" },
  ]);
});

describe("hostile", () => {
  test.each([
    ["64 KB", `299 - "${"a".repeat(65_536)}`],
    ["64 KB of quotes", '299 - "'.repeat(9362)],
    ["64 KB of commas", ",".repeat(65_536)],
    ["64 KB of white space", ` ${" ".repeat(65_536)}299`],
    ["10,000 members", Array.from({ length: 10_000 }, () => '199 - "deprecated"').join(", ")],
  ])("%s", (_, value) => {
    expect(lifecycleNotices([["warning", value]]).every(({ what }) => what === "warned")).toBe(true);
  });

  test("10,000 fields: 16 notices", () => {
    const headers = Array.from(
      { length: 10_000 },
      (_, index) => [`x-deprecated-${"abcdefghij"[index % 10]}${"k".repeat(index % 30)}`, "1"] as const,
    );
    expect(lifecycleNotices(headers)).toHaveLength(16);
  });
});
