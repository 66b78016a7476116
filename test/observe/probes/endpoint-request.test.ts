import { describe, expect, it } from "vitest";
import { endpointRequest, isRepeatable, pathTemplate } from "../../../src/observe/probes/endpoint-request.ts";
import { ENDPOINT, integration } from "./support.ts";

const request = (path: string, more: Parameters<typeof integration>[0] = {}) => endpointRequest(integration(more), { ...ENDPOINT, path });

describe("endpointRequest", () => {
  it("joins the path of the base URL and the declared path, query included", () => {
    expect(request("/v1/charges?limit=10", { baseUrl: "https://api.acme.example/eu" })).toEqual({
      ok: true,
      value: { method: "GET", path: "/eu/v1/charges?limit=10", headers: { accept: "application/json" } },
    });
  });

  it.each([
    ["/", "/"],
    ["/a%2Fb/c", "/a%2Fb/c"],
    ["/v1/..hidden", "/v1/..hidden"],
    ["/next?url=//x/../y", "/next?url=//x/../y"],
    ["/@evil.example", "/@evil.example"],
    ["/:99999999", "/:99999999"],
  ])("asks for %j as %j", (declared, path) => {
    expect(request(declared)).toMatchObject({ ok: true, value: { path } });
  });

  it.each([
    "//evil.example/x",
    "/\\evil.example/x",
    "\\\\evil.example",
    "https://evil.example/",
    "@evil.example/",
    ".evil.example/",
    ":8443/",
    "v1/charges",
    "",
    "/../admin",
    "/v1/../../admin",
    "/v1/%2e%2E/admin",
    "/v1/.%2e/admin",
    "/v1/./x",
    "/v1/..",
    "/a b",
    "/a\r\nX-Injected: 1",
    "/a#b",
    "/\u00e9",
    "/a\u0000",
  ])("asks nothing of %j, which leaves the base URL or the request line", (path) => {
    expect(request(path, { baseUrl: "https://api.acme.example/eu" })).toEqual({ ok: false, error: "path" });
  });

  it("sends the declared headers, but not those that belong to the connection or to the net", () => {
    const headers = {
      "x-tenant": "acme-audit",
      accept: "application/xml",
      host: "evil.example",
      "user-agent": "curl",
      connection: "upgrade",
      "transfer-encoding": "chunked",
      "content-length": "5",
      "proxy-authorization": "Basic x",
    };
    expect(request("/", { headers })).toMatchObject({ value: { headers: { "x-tenant": "acme-audit", accept: "application/xml" } } });
    const sent = request("/", { headers });
    expect(sent.ok && Object.keys(sent.value.headers).sort()).toEqual(["accept", "x-tenant"]);
  });

  it("pins the version that our clients pin, in a header or in the query", () => {
    expect(request("/a", { apiVersion: { header: "Acme-Version", pinned: "2026-05-01" } })).toMatchObject({
      value: { path: "/a", headers: { "acme-version": "2026-05-01" } },
    });
    expect(request("/a?b=1", { apiVersion: { query: "api-version", pinned: "1&2" } })).toMatchObject({
      value: { path: "/a?b=1&api-version=1%262" },
    });
    expect(request("/a", { apiVersion: { query: "v", pinned: "3" } })).toMatchObject({ value: { path: "/a?v=3" } });
  });

  it.each([
    ["GET", false, true],
    ["head", false, true],
    ["OPTIONS", false, true],
    ["POST", false, false],
    ["POST", true, true],
    ["DELETE", false, false],
    ["TRACE", false, false],
    ["GET / HTTP/1.1\r\nX: y", true, false],
  ])("with method %j and safe: %s is made: %s", (method, safe, made) => {
    const answer = endpointRequest(integration(), { ...ENDPOINT, method, safe });
    expect(answer.ok).toBe(made);
    if (!answer.ok) expect(answer.error).toBe("method");
  });
});

describe("isRepeatable", () => {
  it("is true of what changes nothing and costs nothing", () => {
    expect(isRepeatable(ENDPOINT)).toBe(true);
    expect(isRepeatable({ ...ENDPOINT, cost: "metered" })).toBe(false);
    expect(isRepeatable({ ...ENDPOINT, method: "POST", safe: true })).toBe(false);
  });
});

describe("pathTemplate", () => {
  it("has no query", () => {
    expect(pathTemplate("/v1/charges?limit=10?x")).toBe("/v1/charges");
    expect(pathTemplate("/v1/charges")).toBe("/v1/charges");
  });
});
