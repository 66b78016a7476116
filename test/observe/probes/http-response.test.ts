import { describe, expect, it } from "vitest";
import { Scrubber } from "../../../src/local/scrub.ts";
import type { Endpoint, Integration } from "../../../src/model/integration.ts";
import type { HttpAnswer } from "../../../src/model/net-port.ts";
import type { ResponseBefore } from "../../../src/observe/probes/cached-before.ts";
import { httpResponseProbe } from "../../../src/observe/probes/http-response.ts";
import { canariesIn } from "../../lab/support/canary.ts";
import { failed, fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, credentials, ENDPOINT, integration, SECRET, target, URL_OF_API } from "./support.ts";

const BEARER = { scheme: "bearer", credential: "env:KEY", neededScopes: [] } as const;
const RETRIABLE = { retriable: true } as const;

interface Asked {
  readonly before?: ResponseBefore;
  readonly integration?: Partial<Integration>;
  readonly endpoint?: Partial<Endpoint>;
}

async function observe(request: NonNullable<Script["request"]>, asked: Asked = {}) {
  const net = fakeNet({ request });
  const declared = integration(asked.integration);
  const observation = await httpResponseProbe.observe(
    {
      target: target(declared.baseUrl),
      address: "192.0.2.1",
      integration: declared,
      endpoint: { ...ENDPOINT, ...asked.endpoint },
      knownMaps: [],
      ...(asked.before !== undefined && { before: asked.before }),
    },
    context(net),
  );
  return { observation, net };
}

describe("http-response", () => {
  it("asks a declared endpoint as our clients do, and tells what came", async () => {
    const { observation, net } = await observe(
      () =>
        httpAnswer({
          headers: [
            ["content-type", "application/json; charset=utf-8"],
            ["server", "nginx/1.24.0"],
            ["x-account", "acct_42"],
            ["date", "Mon, 23 Nov 2026 12:00:00 GMT"],
          ],
          text: '{"data":[{"id":"ch_1"}],"has_more":false}',
        }),
      { integration: { auth: BEARER, headers: { "x-tenant": "acme-audit" } } },
    );
    const { request } = net.asked[0] ?? {};
    expect(request).toMatchObject({
      method: "GET",
      path: "/v1/charges?limit=10",
      headers: { accept: "application/json", "x-tenant": "acme-audit" },
      credential: { in: "header", name: "Authorization", prefix: "Bearer " },
    });
    expect(request?.credential?.value.reveal()).toBe(SECRET);
    expect(request?.maxBodyBytes).toBe(25 * 1024 * 1024);
    expect(observation).toMatchObject({ outcome: "observed", key: { origin: URL_OF_API, endpoint: "list-charges" } });
    expect(observation.key).not.toHaveProperty("address");
    if (observation.outcome !== "observed") return;
    const { body, ...evidence } = observation.evidence;
    expect(evidence).toEqual({
      endpoint: "list-charges",
      request: {
        method: "GET",
        origin: URL_OF_API,
        path: "/v1/charges",
        digest: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown as string,
      },
      credential: { state: "sent", in: "header" },
      status: 200,
      httpVersion: "1.1",
      trusted: true,
      headers: [
        { name: "content-type", value: "application/json; charset=utf-8", count: 1 },
        { name: "server", value: "nginx/1.24.0", count: 1 },
        { name: "x-account", count: 1 },
      ],
      head: { wire: { conflicting: [], odd: [] }, leaks: [], cache: { lastModified: false, expires: "none" }, notices: [] },
      echo: [],
    });
    expect(body.state).toBe("classified");
    expect(body.shape.map(({ path }) => path)).toContain("$.data[].id");
  });

  it("asks without a credential where none was declared", async () => {
    const { observation, net } = await observe(() => httpAnswer());
    expect(net.asked[0]?.request).not.toHaveProperty("credential");
    expect(observation).toMatchObject({ evidence: { credential: { state: "none" } } });
  });

  it.each<[string, Asked, string, string | undefined]>([
    ["an unsafe method", { endpoint: { method: "POST" } }, "not_safe", "method"],
    ["a path out of the base URL", { endpoint: { path: "//evil.example/" } }, "not_safe", "path"],
    ["an unbound credential", { integration: { auth: { ...BEARER, credential: "env:UNBOUND" } } }, "credential_not_bound", undefined],
    [
      "a credential that is not there",
      { integration: { auth: { ...BEARER, credential: "env:GONE" } } },
      "credential_unavailable",
      undefined,
    ],
    ["a signature that we cannot make", { integration: { auth: { ...BEARER, scheme: "sigv4" } } }, "credential_unavailable", undefined],
    ["a credential over http", { integration: { auth: BEARER, baseUrl: "http://api.acme.example" } }, "credential_withheld", undefined],
  ])("sends nothing for %s", async (_, asked, reason, code) => {
    const { observation, net } = await observe(() => httpAnswer(), asked);
    expect(net.sent()).toEqual({ connections: 0, requests: 0 });
    expect(observation).toMatchObject({ outcome: "skipped", failure: { reason, phase: "plan", retriable: false } });
    if (observation.outcome !== "observed") expect(observation.failure.code).toBe(code);
  });

  it("makes an unsafe request that the inventory calls safe, once", async () => {
    const { net } = await observe(() => failed("connection_reset", RETRIABLE), { endpoint: { method: "POST", safe: true } });
    expect(net.asked.map(({ request }) => request?.method)).toEqual(["POST"]);
  });

  it("has failed where the certificate is not trusted", async () => {
    const { observation, net } = await observe(() => failed("tls_untrusted", { phase: "tls" }), { integration: { auth: BEARER } });
    expect(observation).toMatchObject({ outcome: "failed", failure: { reason: "tls_untrusted" } });
    expect(net.sent().requests).toBe(1);
  });

  it.each<[string, Asked, { readonly limiting?: boolean }, number]>([
    ["once more after a reset", {}, {}, 2],
    ["no more when it is slowed down", {}, { limiting: true }, 1],
    ["no more where calls are metered", { endpoint: { cost: "metered" } }, {}, 1],
  ])("asks %s", async (_, asked, more, requests) => {
    const { net } = await observe(() => failed("connection_reset", { ...RETRIABLE, ...more }), asked);
    expect(net.sent().requests).toBe(requests);
  });

  it("does not repeat what was answered, whatever the answer", async () => {
    const { observation, net } = await observe(() => httpAnswer({ status: 503, headers: [] }));
    expect(net.sent().requests).toBe(1);
    expect(observation).toMatchObject({ evidence: { status: 503, interference: "server_error" } });
  });

  it.each<[string, Partial<HttpAnswer>, string]>([
    ["rate_limited", { status: 429 }, "not-read"],
    ["blocked", { status: 403, headers: [["content-type", "text/html"]] }, "not-read"],
    ["credential_rejected", { status: 401 }, "classified"],
    ["server_error", { status: 500 }, "classified"],
    ["not_found", { status: 404 }, "classified"],
  ])("says %s, and looks at the body only if it is the API's", async (interference, answer, state) => {
    const { observation } = await observe(() => httpAnswer(answer), { integration: { auth: BEARER } });
    expect(observation).toMatchObject({ evidence: { interference, body: { state } } });
  });

  it("tells a redirect and does not follow it", async () => {
    const { observation, net } = await observe(() => httpAnswer({ status: 302, headers: [["location", "http://169.254.169.254/x?t=1"]] }));
    expect(net.sent().requests).toBe(1);
    expect(observation).toMatchObject({
      evidence: {
        status: 302,
        interference: "unexpected_status",
        redirect: { origin: "http://169.254.169.254", sameOrigin: false, toHttps: false },
      },
    });
  });

  it("never calls a body whole that is not", async () => {
    const cut = { reason: "body_truncated", phase: "body", code: "size", retriable: false } as const;
    const { observation } = await observe(() => httpAnswer({ text: '{"data":[{"id":1},', bodyProblem: cut }));
    expect(observation).toMatchObject({ evidence: { body: { state: "truncated", failure: { reason: "body_truncated", code: "size" } } } });
    const odd = { reason: "body_undecodable", phase: "body", code: "Z_DATA_ERROR", retriable: false } as const;
    const undecodable = await observe(() => httpAnswer({ bodyProblem: odd }));
    expect(undecodable.observation).toMatchObject({
      evidence: { body: { state: "undecodable", failure: { reason: "body_undecodable" } } },
    });
  });

  it("keeps a secret out of what comes back in lower case", async () => {
    const token = "AcmeLiveToken";
    const scrubber = new Scrubber();
    scrubber.add(token);
    const keeper = credentials();
    const bound = { ...keeper, scrub: (text: string) => scrubber.scrub(text) };
    const headers = [["content-type", `application/${token}`] as const, [`x-${token.toLowerCase()}`, "1"] as const];
    const asked = { target: target(), address: "192.0.2.1", integration: integration(), endpoint: ENDPOINT, knownMaps: [] };
    const observation = await httpResponseProbe.observe(asked, context(fakeNet({ request: () => httpAnswer({ headers }) }), bound));
    expect(JSON.stringify(observation).toLowerCase()).not.toContain(token.toLowerCase());
  });

  it("keeps a secret out, wherever the server repeats it", async () => {
    const spelled = [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString("hex"), btoa(SECRET), btoa(`u:${SECRET}`)];
    const headers = [
      ["content-type", `application/json; charset=${SECRET}`],
      ["location", `https://x.example/${SECRET}`],
      ["www-authenticate", `Bearer realm="${SECRET}", error="${btoa(SECRET)}"`],
      ["link", `<https://x.example/${SECRET}>; rel="next"`],
      ["authorization", `Bearer ${SECRET}`],
      ...spelled.flatMap((spelling) => [
        ["via", `1.1 ${spelling}`],
        ["server", `echo/${spelling} (${spelling})`],
        ["x-powered-by", spelling],
        ["sunset", spelling],
        ["cache-control", `private="${spelling}", ${spelling}=1`],
        ["x-echo", spelling],
      ]),
    ].map(([name = "", value = ""]) => [name, value] as const);
    for (const name of ["server", "via", "x-powered-by", "sunset", "cache-control", "link", "www-authenticate", "content-type"]) {
      for (const spelling of spelled) {
        const keeper = credentials();
        const asked = {
          target: target(),
          address: "192.0.2.1",
          integration: integration({ auth: BEARER }),
          endpoint: { ...ENDPOINT, path: "/v1/charges?token=query-canary-7" },
          knownMaps: [],
        };
        const body = JSON.stringify({ [spelling]: { [SECRET]: spelling }, note: "ann.lee@mail.example", list: spelled });
        const answer = httpAnswer({ status: 302, headers: [[name, `a/${spelling} b`], ...headers], text: body });
        const observation = await httpResponseProbe.observe(asked, context(fakeNet({ request: () => answer }), keeper));
        expect(observation.outcome).toBe("observed");
        expect(canariesIn(JSON.stringify(observation), [SECRET, "ann.lee@mail.example", "query-canary-7"])).toEqual([]);
      }
    }
  });
});

describe("http-response, and what a cache gave before", () => {
  const answer = (age: string) => () =>
    httpAnswer({
      text: "{}",
      headers: [
        ["content-type", "application/json"],
        ["cache-control", "max-age=60"],
        ["age", age],
      ],
    });
  const seen = async (age: string, before?: ResponseBefore): Promise<ResponseBefore["evidence"]> => {
    const { observation } = await observe(answer(age), before === undefined ? {} : { before });
    if (observation.outcome !== "observed") throw new Error("not observed");
    return observation.evidence;
  };

  it("notes the last hit with a miss, the same one every night, and none with a hit", async () => {
    const hit = await seen("17");
    expect(hit).not.toHaveProperty("cachedBefore");
    const miss = await seen("0", { evidence: hit, observedAt: 1000 });
    expect(miss.cachedBefore).toEqual({ at: 1000, control: "max-age=60" });
    expect(await seen("0", { evidence: miss, observedAt: 2000 })).toEqual(miss);
    expect(await seen("17", { evidence: miss, observedAt: 2000 })).not.toHaveProperty("cachedBefore");
    expect(await seen("0", { evidence: await seen("0"), observedAt: 1000 })).not.toHaveProperty("cachedBefore");
  });

  it("forgets it with the request", async () => {
    const hit = await seen("17");
    const other = { ...hit, request: { ...hit.request, digest: "another" } };
    expect(await seen("0", { evidence: other, observedAt: 1000 })).not.toHaveProperty("cachedBefore");
  });
});
