import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../../src/model/digest.ts";
import { httpNotFoundProbe } from "../../../src/observe/probes/http-not-found.ts";
import { failed, fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, SECRET, target, URL_OF_API } from "./support.ts";

const NOWHERE = `apirisk-${sha256Hex(URL_OF_API).slice(0, 12)}`;

async function observe(request: NonNullable<Script["request"]>, basePath = "/v1", url = URL_OF_API) {
  const net = fakeNet({ request });
  const observation = await httpNotFoundProbe.observe({ target: target(url), address: "192.0.2.1", basePath }, context(net));
  return { observation, net };
}

describe("http-not-found", () => {
  it.each([
    ["/v1", `/v1/${NOWHERE}`],
    ["/v1/", `/v1/${NOWHERE}`],
    ["/", `/${NOWHERE}`],
    ["", `/${NOWHERE}`],
    ["/a//", `/a/${NOWHERE}`],
  ])("asks once below %j, as nobody and from nowhere", async (basePath, path) => {
    const { net, observation } = await observe(() => httpAnswer({ status: 404 }), basePath);
    expect(net.asked.map(({ request }) => request)).toEqual([
      {
        method: "GET",
        path,
        headers: { accept: "application/json", origin: "https://apirisk-canary.invalid" },
        maxBodyBytes: 65_536,
      },
    ]);
    expect(net.asked[0]).toMatchObject({ address: "192.0.2.1", target: { origin: URL_OF_API } });
    expect(net.sent()).toEqual(httpNotFoundProbe.bound("standard"));
    expect(observation).toMatchObject({ key: { origin: URL_OF_API }, outcome: "observed", evidence: { status: 404 } });
  });

  it("asks for the same path every time, and for another one elsewhere", async () => {
    const pathOf = async (url: string) => (await observe(() => httpAnswer(), "/", url)).net.asked[0]?.request?.path;
    expect(await pathOf(URL_OF_API)).toBe(await pathOf(URL_OF_API));
    expect(await pathOf("https://eu.acme.example")).not.toBe(await pathOf(URL_OF_API));
  });

  it("keeps facts of the content and of the head, and nothing of either", async () => {
    const trace = "java.lang.IllegalStateException: canary-text\n\tat a.B.c(B.java:10)\n\tat a.D.e(D.java:20)\n";
    const { observation } = await observe(() =>
      httpAnswer({
        status: 404,
        headers: [
          ["content-type", "application/json"],
          ["access-control-allow-origin", "https://apirisk-canary.invalid"],
          ["access-control-allow-credentials", "true"],
          ["allow", "GET, TRACE"],
          ["x-canary", "canary-text"],
        ],
        text: JSON.stringify({ error: "canary-text", trace }),
      }),
    );
    expect(observation).toMatchObject({
      evidence: {
        origin: URL_OF_API,
        status: 404,
        cors: { allowOrigin: "echoed", credentials: true, varies: false, unsafeMethods: ["TRACE"] },
        page: { format: "json", stack: "java", debugPage: "spring", signatures: [] },
      },
    });
    expect(JSON.stringify(observation)).not.toContain("canary-text");
  });

  it.each([
    ["rate_limited", 429, []],
    ["rate_limited", 503, [["retry-after", "30"]]],
    ["blocked", 403, [["content-type", "text/html"]]],
    ["server_error", 500, []],
    [undefined, 403, [["content-type", "application/json"]]],
    [undefined, 404, [["content-type", "text/html"]]],
    [undefined, 200, []],
    [undefined, 301, [["location", "/login"]]],
  ] as const)("marks as %s a %i with %j, and follows nothing", async (interference, status, headers) => {
    const { observation, net } = await observe(() => httpAnswer({ status, headers }));
    expect(observation.outcome === "observed" && observation.evidence.interference).toBe(interference);
    expect(net.asked).toHaveLength(1);
  });

  it("reads what came of a content that broke off, and nothing of one that cannot be decoded", async () => {
    const cut = (reason: "body_truncated" | "body_undecodable") =>
      observe(() =>
        httpAnswer({ status: 404, text: "<center>nginx/1.30.4</center>", bodyProblem: { reason, phase: "body", retriable: false } }),
      );
    expect((await cut("body_truncated")).observation).toMatchObject({ evidence: { page: { signatures: ["nginx/1.30.4"] } } });
    expect((await cut("body_undecodable")).observation).not.toHaveProperty("evidence.page");
  });

  it.each(["http_timeout", "connection_reset", "http_protocol_error", "budget_exhausted"] as const)(
    "does not ask again after %s",
    async (reason) => {
      const { observation, net } = await observe(() => failed(reason, { retriable: true, phase: "headers" }));
      expect(observation).toMatchObject({ failure: { reason } });
      expect(net.asked).toHaveLength(1);
    },
  );

  it("sends no credential", async () => {
    const { net } = await observe(() => httpAnswer());
    expect(net.asked[0]?.request).not.toHaveProperty("credential");
    expect(JSON.stringify(net.asked)).not.toContain(SECRET);
  });
});
