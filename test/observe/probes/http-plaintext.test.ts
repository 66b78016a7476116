import { describe, expect, it } from "vitest";
import type { Integration } from "../../../src/model/integration.ts";
import type { TlsSessionFacts } from "../../../src/model/net-port.ts";
import { ok } from "../../../src/model/result.ts";
import { httpPlaintextProbe } from "../../../src/observe/probes/http-plaintext.ts";
import { failed, fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, ENDPOINT, integration, target, URL_OF_API } from "./support.ts";

const KEY = { scheme: "api-key", credential: "env:KEY", neededScopes: [] } as const;
const QUIET = { ...ENDPOINT, id: "quiet", path: "/v1/quiet" };

async function observe(request: NonNullable<Script["request"]>, url = URL_OF_API, tlsSession?: NonNullable<Script["tlsSession"]>) {
  const net = fakeNet({ request, ...(tlsSession === undefined ? {} : { tlsSession }) });
  const observation = await httpPlaintextProbe.observe({ target: target(url), address: "192.0.2.1" }, context(net));
  return { observation, net };
}

describe("http-plaintext", () => {
  it("asks port 80 for the root, without a credential and without a body", async () => {
    const { observation, net } = await observe(() => httpAnswer({ status: 301, headers: [["location", `${URL_OF_API}/?next=secret`]] }));
    expect(net.asked).toMatchObject([
      {
        target: { scheme: "http", host: "api.acme.example", port: 80, origin: "http://api.acme.example" },
        address: "192.0.2.1",
        request: { method: "GET", path: "/", headers: { accept: "application/json" }, headersOnly: true, maxBodyBytes: 0 },
      },
    ]);
    expect(net.asked[0]?.request).not.toHaveProperty("credential");
    expect(observation).toMatchObject({
      probe: "http-plaintext",
      key: { origin: URL_OF_API },
      outcome: "observed",
      evidence: {
        origin: "http://api.acme.example",
        state: "answered",
        status: 301,
        redirect: { origin: URL_OF_API, sameOrigin: false, toHttps: true },
        headers: [],
      },
    });
  });

  it.each<[string, Partial<Integration>, string, string | undefined]>([
    ["a declared path", { auth: KEY, endpoints: [ENDPOINT, QUIET] }, "/v1/quiet", "quiet"],
    ["nothing that stands in a query", { auth: KEY }, "/", undefined],
    [
      "nothing of a version that stands in the query",
      { auth: KEY, endpoints: [QUIET], apiVersion: { query: "v", pinned: "1" } },
      "/",
      undefined,
    ],
    ["no path that may hold a credential", { auth: { ...KEY, in: "path" }, endpoints: [QUIET] }, "/", undefined],
    ["nothing but a GET", { auth: KEY, endpoints: [{ ...QUIET, method: "POST", safe: true }] }, "/", undefined],
    ["the root of what is open to everybody", { endpoints: [QUIET] }, "/", undefined],
  ])("asks for %s", async (_, declared, path, endpoint) => {
    const net = fakeNet({ request: () => httpAnswer() });
    const question = { target: target(), address: "192.0.2.1", integration: integration({ headers: { cookie: "x=1" }, ...declared }) };
    const observation = await httpPlaintextProbe.observe(question, context(net));
    expect(net.asked.map(({ request }) => request)).toEqual([
      { method: "GET", path, headers: { accept: "application/json" }, headersOnly: true, maxBodyBytes: 0 },
    ]);
    expect(observation.outcome === "observed" && observation.evidence.endpoint).toBe(endpoint);
  });

  it.each([
    ["https://api.acme.example:8443", "http://api.acme.example:8443"],
    ["https://[2001:db8::1]", "http://[2001:db8::1]"],
    ["https://192.0.2.7:444", "http://192.0.2.7:444"],
  ])("is the twin of %s at %s", async (url, twin) => {
    const { net } = await observe(() => httpAnswer(), url);
    expect(net.asked[0]?.target.origin).toBe(twin);
  });

  it.each([
    ["rate_limited", 429, []],
    ["rate_limited", 503, [["retry-after", "30"]]],
    ["blocked", 403, [["content-type", "text/html"]]],
    ["blocked", 202, [["x-amzn-waf-action", "challenge"]]],
    ["server_error", 502, []],
    [undefined, 403, [["content-type", "application/json"]]],
    [undefined, 301, [["location", URL_OF_API]]],
  ] as const)("marks as %s a %i with %j", async (interference, status, headers) => {
    const { observation } = await observe(() => httpAnswer({ status, headers }));
    expect(observation).toMatchObject({ outcome: "observed", evidence: { state: "answered", status } });
    expect(observation.outcome === "observed" && observation.evidence.interference).toBe(interference);
  });

  it("sees that nobody listens", async () => {
    const { observation } = await observe(() => failed("connect_refused"));
    expect(observation).toMatchObject({
      outcome: "observed",
      evidence: { origin: "http://api.acme.example", state: "closed", headers: [] },
    });
  });

  it("sees a TLS port that answers plain HTTP with something else, on that port only", async () => {
    const alert = failed("http_protocol_error", { phase: "headers", code: "HPE_INVALID_CONSTANT" });
    expect((await observe(() => alert, "https://api.acme.example:8443")).observation).toMatchObject({ evidence: { state: "closed" } });
    expect((await observe(() => alert)).observation).toMatchObject({ outcome: "failed", failure: { reason: "http_protocol_error" } });
  });

  it.each(["connection_reset", "connection_closed", "http_timeout", "connect_timeout"] as const)(
    "does not take %s for a closed port, and asks once more",
    async (reason) => {
      const port = reason === "connection_closed" ? URL_OF_API : "https://api.acme.example:8443";
      const { observation, net } = await observe(() => failed(reason, { retriable: true }), port);
      expect(observation).toMatchObject({ failure: { reason } });
      expect(net.sent().requests).toBe(2);
      expect(net.sent().connections).toBe(2);
    },
  );

  it("takes a TLS port for closed that ends plain HTTP without a word, twice, and speaks TLS afterwards", async () => {
    const closed = failed("connection_closed", { retriable: true });
    const [port, another] = ["https://api.acme.example:8443", URL_OF_API];
    const session: TlsSessionFacts = {
      version: "TLS 1.3",
      cipherSuite: { name: "TLS_AES_128_GCM_SHA256" },
      chain: [],
      chainSource: "node",
      extraAnchors: [],
    };
    const speaks = () => ok(session);
    expect((await observe(() => closed, port, speaks)).observation).toMatchObject({ outcome: "observed", evidence: { state: "closed" } });
    expect((await observe(() => closed, another, speaks)).observation).toMatchObject({ failure: { reason: "connection_closed" } });
    expect(
      (
        await observe(
          () => closed,
          port,
          () => failed("tls_timeout"),
        )
      ).observation,
    ).toMatchObject({ failure: { reason: "connection_closed" } });
    expect(
      (
        await observe(
          () => closed,
          port,
          () => failed("tls_timeout"),
        )
      ).net.sent(),
    ).toEqual(httpPlaintextProbe.bound("standard"));
    const cut = failed("connection_closed", { retriable: true, answered: true });
    expect((await observe(() => cut, port, speaks)).observation).toMatchObject({ failure: { reason: "connection_closed" } });
    const once = await observe(
      (_request, attempt) => (attempt === 1 ? closed : failed("connection_reset", { retriable: true })),
      port,
      speaks,
    );
    expect(once.observation).toMatchObject({ failure: { reason: "connection_reset" } });
  });
});
