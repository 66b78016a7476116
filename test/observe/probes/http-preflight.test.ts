import { describe, expect, it } from "vitest";
import type { Integration } from "../../../src/model/integration.ts";
import { httpPreflightProbe } from "../../../src/observe/probes/http-preflight.ts";
import { failed, fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, ENDPOINT, integration, SECRET, target, URL_OF_API } from "./support.ts";

const KEY = { scheme: "api-key", credential: "env:KEY", neededScopes: [] } as const;

async function observe(request: NonNullable<Script["request"]>, declared: Partial<Integration> = {}) {
  const net = fakeNet({ request });
  const question = { target: target(), address: "192.0.2.1", integration: integration(declared) };
  return { net, observation: await httpPreflightProbe.observe(question, context(net)) };
}

describe("http-preflight", () => {
  it("asks once, as a browser does before it sends a credential from elsewhere", async () => {
    const { net, observation } = await observe(() => httpAnswer({ status: 204, text: "" }));
    expect(net.asked.map(({ request }) => request)).toEqual([
      {
        method: "OPTIONS",
        path: "/v1/charges",
        headers: {
          origin: "https://apirisk-canary.invalid",
          "access-control-request-method": "GET",
          "access-control-request-headers": "authorization",
        },
        headersOnly: true,
        maxBodyBytes: 0,
      },
    ]);
    expect(net.sent()).toEqual(httpPreflightProbe.bound("standard"));
    expect(observation).toMatchObject({ key: { origin: URL_OF_API }, outcome: "observed", evidence: { origin: URL_OF_API, status: 204 } });
  });

  it.each<[string, Partial<Integration>, string]>([
    [
      "the first GET, without its query",
      { endpoints: [{ ...ENDPOINT, method: "POST", path: "/v1/pay", safe: true }, ENDPOINT] },
      "/v1/charges",
    ],
    ["the base path where nothing is declared", { baseUrl: `${URL_OF_API}/v2/`, endpoints: [] }, "/v2/"],
    ["the base path where nothing is a GET", { endpoints: [{ ...ENDPOINT, method: "POST" }] }, "/"],
    ["no path that may hold the credential", { auth: { ...KEY, in: "path" } }, "/"],
    ["no credential of the query", { auth: { ...KEY, in: "query", name: "key" } }, "/v1/charges"],
  ])("asks for %s", async (_what, declared, path) => {
    const { net } = await observe(() => httpAnswer(), { headers: { cookie: "x=1", "x-tenant": "acme" }, ...declared });
    expect(net.asked.map(({ request }) => request?.path)).toEqual([path]);
    expect(Object.keys(net.asked[0]?.request?.headers ?? {}).sort()).toEqual([
      "access-control-request-headers",
      "access-control-request-method",
      "origin",
    ]);
    expect(net.asked[0]?.request).not.toHaveProperty("credential");
    expect(JSON.stringify(net.asked)).not.toContain(SECRET);
  });

  it("keeps what it allows in words of our own", async () => {
    const { observation } = await observe(() =>
      httpAnswer({
        status: 200,
        headers: [
          ["access-control-allow-origin", "https://canary.example"],
          ["access-control-allow-methods", "GET, DEBUG, CANARY"],
          ["access-control-allow-headers", "x-canary"],
          ["vary", "origin"],
        ],
      }),
    );
    expect(observation).toMatchObject({
      evidence: { cors: { allowOrigin: "own", credentials: false, varies: true, unsafeMethods: ["DEBUG"] } },
    });
    expect(JSON.stringify((observation as { evidence?: { cors: unknown } }).evidence?.cors)).not.toMatch(/canary/i);
  });

  it.each([
    ["rate_limited", 429, []],
    ["blocked", 403, [["content-type", "text/html"]]],
    ["server_error", 502, []],
    [undefined, 401, []],
    [undefined, 405, [["allow", "GET"]]],
  ] as const)("marks as %s a %i with %j", async (interference, status, headers) => {
    const { observation } = await observe(() => httpAnswer({ status, headers }));
    expect(observation.outcome === "observed" && observation.evidence.interference).toBe(interference);
  });

  it.each(["http_timeout", "connection_reset", "rate_limited"] as const)("does not ask again after %s", async (reason) => {
    const { observation, net } = await observe(() => failed(reason, { retriable: true, phase: "headers" }));
    expect(observation).toMatchObject({ failure: { reason } });
    expect(net.asked).toHaveLength(1);
  });
});
