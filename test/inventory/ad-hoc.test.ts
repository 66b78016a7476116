import { describe, expect, test } from "vitest";
import { adHocIntegration } from "../../src/inventory/ad-hoc.ts";

function accepted(target: string) {
  const result = adHocIntegration(target);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

test("an integration with nothing declared but one GET", () => {
  expect(accepted("https://api.example.com/v1/status?verbose=1")).toEqual({
    id: "https://api.example.com",
    uid: accepted("api.example.com").uid,
    previousIds: [],
    name: "https://api.example.com",
    adHoc: true,
    criticality: "medium",
    environment: "production",
    dataClasses: [],
    tags: [],
    network: "public",
    baseUrl: "https://api.example.com",
    additionalUrls: [],
    headers: {},
    auth: { neededScopes: [] },
    authProof: { level: "none" },
    budget: {},
    endpoints: [{ id: "/v1/status", method: "GET", path: "/v1/status?verbose=1", safe: false, everyMs: 0, cost: "free", expect: {} }],
    waivers: [],
  });
});

test.each([
  ["api.example.com", "https://api.example.com", "root", "/"],
  ["api.example.com:8443", "https://api.example.com:8443", "root", "/"],
  ["api.example.com/v1", "https://api.example.com", "/v1", "/v1"],
  ["localhost", "https://localhost", "root", "/"],
  ["localhost:8443", "https://localhost:8443", "root", "/"],
  ["127.0.0.1:9", "https://127.0.0.1:9", "root", "/"],
  ["[::1]", "https://[::1]", "root", "/"],
  ["[::1]:8443", "https://[::1]:8443", "root", "/"],
  ["https://intranet", "https://intranet", "root", "/"],
  ["HTTP://API.Example.com:80/", "http://api.example.com", "root", "/"],
  ["https://api.example.com:443#top", "https://api.example.com", "root", "/"],
  ["bücher.example", "https://xn--bcher-kva.example", "root", "/"],
  ["api.example.com.", "https://api.example.com", "root", "/"],
])("%s", (target, origin, endpoint, path) => {
  expect(accepted(target)).toMatchObject({ id: origin, baseUrl: origin, endpoints: [{ id: endpoint, path }] });
});

describe("refused without a repetition", () => {
  test.each([
    ["https://user:hunter2@api.example.com", "user or a password"],
    ["hunter2@api.example.com", "user or a password"],
    ["https://@api.example.com", "user or a password"],
    ["https://api.example.com/?api_key=hunter2", "looks like a secret"],
    ["https://api.example.com/?api%5Fkey=hunter2", "looks like a secret"],
    ["https://api.example.com/ghp_hunter2hunter2hunter2", "looks like a secret"],
    ["ftp://api.example.com/hunter2", "https and http"],
    ["file:///etc/hunter2.conf", "https and http"],
    ["javascript:hunter2", "no valid"],
    ["hunter2", "neither an integration"],
    ["", "neither an integration"],
    ["api.example.com/hunter2 x", "no valid"],
    ["api.example.com\\@hunter2.example", "user or a password"],
    ["//hunter2.example/", "neither an integration"],
    ["https://{hunter2}.example.com", "no valid"],
    ["https://api.example.com:hunter2", "no valid"],
    [`https://api.example.com/${"a".repeat(5000)}`, "no valid"],
  ])("%s", (target, sentence) => {
    const result = adHocIntegration(target);
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining(sentence) });
    expect(JSON.stringify(result)).not.toContain("hunter2");
  });
});
