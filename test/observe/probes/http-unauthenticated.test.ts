import { describe, expect, it } from "vitest";
import type { HttpResponseEvidence } from "../../../src/evidence/kinds.ts";
import type { AuthProof, Endpoint, Integration } from "../../../src/model/integration.ts";
import { httpResponseProbe } from "../../../src/observe/probes/http-response.ts";
import { httpUnauthenticatedProbe } from "../../../src/observe/probes/http-unauthenticated.ts";
import type { UnauthenticatedQuestion } from "../../../src/observe/probes/probe.ts";
import { canariesIn } from "../../lab/support/canary.ts";
import { failed, fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, credentials, ENDPOINT, integration, SECRET, target, URL_OF_API } from "./support.ts";

const AUTH = { scheme: "api-key", name: "X-Acme-Key", credential: "env:KEY", neededScopes: [] } as const;
const PERMITTED: AuthProof = { level: "shape", permission: { basis: "contract", by: "ciso", until: "2026-11-23" } };
const DATA = '{"data":[{"id":"ch_1","amount":4990}],"has_more":false}';

interface Asked {
  readonly level?: UnauthenticatedQuestion["level"];
  readonly integration?: Partial<Integration>;
  readonly endpoint?: Partial<Endpoint>;
  /** Body of the answer with the credential; none was observed when left out. */
  readonly authenticated?: string;
}

async function authenticatedAnswer(text: string): Promise<HttpResponseEvidence> {
  const asked = { target: target(), address: "192.0.2.1", integration: integration({ auth: AUTH }), endpoint: ENDPOINT, knownMaps: [] };
  const observation = await httpResponseProbe.observe(asked, context(fakeNet({ request: () => httpAnswer({ text }) })));
  if (observation.outcome !== "observed") throw new Error("the answer with the credential was not observed");
  return observation.evidence;
}

async function observe(request: NonNullable<Script["request"]>, asked: Asked = {}) {
  const net = fakeNet({ request });
  const observation = await httpUnauthenticatedProbe.observe(
    {
      target: target(),
      address: "192.0.2.1",
      integration: integration({ auth: AUTH, authProof: PERMITTED, ...asked.integration }),
      endpoint: { ...ENDPOINT, ...asked.endpoint },
      knownMaps: [],
      level: asked.level ?? "shape",
      ...(asked.authenticated === undefined ? {} : { authenticated: await authenticatedAnswer(asked.authenticated) }),
    },
    context(net),
  );
  return { observation, net };
}

describe("http-unauthenticated", () => {
  it("makes the same request, without anything that carries a credential, and closes after the headers", async () => {
    const headers = { "x-tenant": "acme-audit", "x-acme-key": "leftover", authorization: "Bearer leftover", cookie: "sid=leftover" };
    const { observation, net } = await observe(() => httpAnswer({ status: 401, headers: [["www-authenticate", "Bearer"]] }), {
      level: "headers",
      integration: { headers, authProof: { level: "headers" } },
    });
    expect(net.asked.map(({ request }) => request)).toEqual([
      {
        method: "GET",
        path: "/v1/charges?limit=10",
        headers: { accept: "application/json", "x-tenant": "acme-audit", "cache-control": "no-cache" },
        headersOnly: true,
        maxBodyBytes: 64 * 1024,
      },
    ]);
    expect(observation).toMatchObject({ probe: "http-unauthenticated", key: { origin: URL_OF_API, endpoint: "list-charges" } });
    expect(observation.outcome === "observed" && observation.evidence).toEqual({
      endpoint: "list-charges",
      level: "headers",
      status: 401,
      headers: [{ name: "www-authenticate", value: "Bearer", count: 1 }],
    });
  });

  it("reads a body only as far as the level allows", async () => {
    const headersOnly = await observe(() => httpAnswer({ text: DATA }), { level: "headers", authenticated: DATA });
    expect(headersOnly.observation.outcome === "observed" && headersOnly.observation.evidence).not.toHaveProperty("shape");
    const { observation, net } = await observe(() => httpAnswer({ text: DATA }), { authenticated: DATA });
    expect(net.asked[0]?.request?.headersOnly).toBe(false);
    expect(observation).toMatchObject({
      evidence: {
        level: "shape",
        status: 200,
        shape: { mediaType: "application/json", topLevel: ["data", "has_more"], errorShaped: false },
        sameShape: true,
      },
    });
  });

  it.each<[string, string, string, boolean | undefined]>([
    ["the same names", DATA, '{"data":[{"id":"ch_9","amount":1}],"has_more":true}', true],
    ["half of the names", '{"a":1,"b":2}', '{"a":1}', true],
    ["other names", DATA, '{"message":"please log in"}', false],
    ["one name of many", '{"a":1,"b":2,"c":3}', '{"a":1}', false],
    ["a list of the same records", '[{"id":1}]', '[{"id":2}]', true],
    ["a list of other records", '[{"id":1}]', '[{"error_code":2}]', false],
    ["an empty list", '[{"id":1}]', "[]", false],
    ["nothing to compare with", "[]", DATA, undefined],
    ["nothing at all", "[]", "[]", undefined],
    ["no body", DATA, "", false],
    ["half a body", DATA, '{"data":[', undefined],
    ["an error with the same names", DATA, '{"data":null,"has_more":false,"errors":[{"message":"no"}]}', false],
    ["Slack's refusal", '{"ok":true,"channels":[]}', '{"ok":false,"channels":[]}', false],
    ["success: false", '{"success":true,"data":1}', '{"success":false,"data":1}', false],
    ["a frame around nothing", DATA, '{"data":[],"has_more":false}', false],
    ["a frame around nobody", '{"data":{"me":{"id":1}}}', '{"data":{"me":null}}', false],
    ["anonymous", '{"items":[{"id":1}],"plan":"pro"}', '{"items":[],"plan":"anon"}', false],
    ["somebody else's data", DATA, '{"data":[{"id":"ch_2","amount":7}],"has_more":true}', true],
    ["a status in the body", '{"code":0,"msg":"ok","data":[]}', '{"code":401,"msg":"unauthorized","data":null}', false],
    ["a number of the house", '{"code":0,"msg":"ok","data":[{"id":1}]}', '{"code":40101,"msg":"please log in","data":[]}', false],
    ["an error in so many words", '{"status":"ok","items":[1]}', '{"status":"error","items":[]}', false],
    ["an error text", DATA, '{"data":[],"has_more":false,"error":"denied"}', false],
    [
      "an error field that says that there is none",
      DATA,
      '{"data":[{"id":"ch_9","amount":1}],"has_more":false,"error":null,"errors":[]}',
      true,
    ],
  ])("compares the two answers: %s", async (_, authenticated, text, same) => {
    const { observation } = await observe(() => httpAnswer({ text }), { authenticated });
    if (observation.outcome !== "observed") throw new Error("not observed");
    expect(observation.evidence.sameShape).toBe(same);
  });

  it.each<[string, string, string, { readonly records?: number; readonly empty?: true }, boolean]>([
    ["as many records", DATA, '{"data":[{"id":"ch_2","amount":7}],"has_more":true}', { records: 1 }, true],
    ["a public part", '{"data":[{"id":1},{"id":2}]}', '{"data":[{"id":1}]}', { records: 1 }, false],
    ["fewer columns", DATA, '{"data":[{"id":"ch_1"}],"has_more":false}', { records: 1 }, false],
    ["nothing both times", '{"data":[],"next":null,"total":0}', '{"data":[],"next":null,"total":0}', { records: 0, empty: true }, true],
    ["an object", '{"user":{"id":1,"plan":"pro"}}', '{"user":{"id":0,"plan":"anonymous"}}', {}, true],
  ])("counts what is the same in both answers: %s", async (_, authenticated, text, counted, same) => {
    const { observation } = await observe(() => httpAnswer({ text }), { authenticated });
    if (observation.outcome !== "observed") throw new Error("not observed");
    const { sameShape, sameRecords, shape } = observation.evidence;
    expect({ sameShape, sameRecords }).toEqual({ sameShape: true, sameRecords: same });
    expect({ records: shape?.records, empty: shape?.empty }).toEqual({ records: undefined, empty: undefined, ...counted });
  });

  it.each<[string, boolean]>([
    ['{"meta":{"code":400,"error_type":"OAuthAccessTokenException"},"data":{}}', true],
    ['{"meta":{"error_type":"OAuthAccessTokenException"},"data":{}}', true],
    ['{"header":{"success":false},"data":{"id":1}}', true],
    ['{"status":{"code":401},"data":[]}', true],
    ['{"meta":{"code":200},"data":{"id":1}}', false],
    ['{"data":{"code":404,"error":"of a log entry"}}', false],
  ])("knows an error in an envelope beside the data: %s", async (text, isError) => {
    const { observation } = await observe(() => httpAnswer({ text }), { authenticated: '{"meta":{"code":200},"data":{"id":1}}' });
    expect(observation).toMatchObject({ evidence: { shape: { errorShaped: isError } } });
  });

  it("takes another media type for another answer", async () => {
    const { observation } = await observe(() => httpAnswer({ text: DATA, headers: [["content-type", "application/problem+json"]] }), {
      authenticated: DATA,
    });
    expect(observation).toMatchObject({ evidence: { sameShape: false } });
  });

  it("takes a login page for another answer", async () => {
    const { observation } = await observe(
      () => httpAnswer({ text: "<html><form></form></html>", headers: [["content-type", "text/html"]] }),
      {
        authenticated: DATA,
      },
    );
    expect(observation).toMatchObject({ evidence: { status: 200, sameShape: false } });
  });

  it("compares nothing where there is nothing to compare with", async () => {
    const { observation } = await observe(() => httpAnswer({ text: DATA }));
    expect(observation.outcome === "observed" && observation.evidence).not.toHaveProperty("sameShape");
  });

  it.each([301, 401, 403, 404])("does not look at the body of status %d", async (status) => {
    const { observation } = await observe(() => httpAnswer({ status, text: DATA }), { authenticated: DATA });
    expect(observation.outcome === "observed" && observation.evidence).not.toHaveProperty("shape");
  });

  it.each<[string, Asked, string]>([
    ["nothing about authentication was declared", { integration: { auth: { neededScopes: [] } } }, "not_requested"],
    ["it is open on purpose", { integration: { auth: { scheme: "none", neededScopes: [] } } }, "not_requested"],
    ["nobody permitted it", { integration: { authProof: { level: "shape" } } }, "permission_missing"],
    [
      "the permission ended yesterday",
      { integration: { authProof: { level: "shape", permission: { basis: "contract", by: "ciso", until: "2026-11-22" } } } },
      "permission_missing",
    ],
    ["`full` was not permitted", { level: "full", integration: { authProof: { level: "full" } } }, "permission_missing"],
    ["the method may change something", { endpoint: { method: "DELETE" } }, "not_safe"],
    ["the path leaves the base URL", { endpoint: { path: "/../x" } }, "not_safe"],
  ])("sends nothing where %s", async (_, asked, reason) => {
    const { observation, net } = await observe(() => httpAnswer(), asked);
    expect(net.sent()).toEqual({ connections: 0, requests: 0 });
    expect(observation).toMatchObject({ outcome: "skipped", failure: { reason, phase: "plan" } });
  });

  it.each<[number, string | undefined]>([
    [429, "rate_limited"],
    [500, "server_error"],
    [401, undefined],
    [404, undefined],
  ])("of status %d says interference %s", async (status, interference) => {
    const { observation } = await observe(() => httpAnswer({ status }));
    expect(observation.outcome === "observed" && observation.evidence.interference).toBe(interference);
  });

  it("stays within its bound", async () => {
    const { observation, net } = await observe(() => failed("http_timeout", { phase: "headers", retriable: true }));
    expect(observation).toMatchObject({ outcome: "timed-out", failure: { reason: "http_timeout" } });
    expect(net.sent()).toEqual(httpUnauthenticatedProbe.bound("standard"));
  });

  it("asks once more for what lets us in, whatever it costs, and for nothing else", async () => {
    const open = await observe(() => httpAnswer({ text: DATA }), { authenticated: DATA, endpoint: { cost: "metered" } });
    expect(open.net.sent()).toEqual(httpUnauthenticatedProbe.bound("standard"));
    expect(open.net.asked[1]?.request).toEqual(open.net.asked[0]?.request);
    expect(open.observation.outcome === "observed" && open.observation.evidence).not.toHaveProperty("unsteady");
    expect((await observe(() => httpAnswer(), { level: "headers" })).net.sent().requests).toBe(2);
    const cached = httpAnswer({ text: DATA, headers: [["age", "9"]] });
    for (const answer of [httpAnswer({ status: 401 }), httpAnswer({ status: 503 }), httpAnswer({ text: '{"ok":false}' }), cached]) {
      expect((await observe(() => answer, { authenticated: DATA })).net.sent().requests).toBe(1);
    }
  });

  it.each<[string, ReturnType<NonNullable<Script["request"]>>, string]>([
    ["a refusal", httpAnswer({ status: 401 }), "evidence_ambiguous"],
    [
      "a copy",
      httpAnswer({
        text: DATA,
        headers: [
          ["content-type", "application/json"],
          ["age", "9"],
        ],
      }),
      "evidence_ambiguous",
    ],
    ["half an answer", httpAnswer({ text: '{"data":[' }), "evidence_ambiguous"],
    ["a limiter", httpAnswer({ status: 429 }), "rate_limited"],
    ["no answer", failed("http_timeout", { phase: "headers", retriable: true }), "http_timeout"],
  ])("notes that the second answer is %s", async (_, second, reason) => {
    const flapping = (__: unknown, attempt: number) => (attempt === 1 ? httpAnswer({ text: DATA }) : second);
    const { observation, net } = await observe(flapping, { authenticated: DATA });
    expect(net.sent().requests).toBe(2);
    expect(observation).toMatchObject({ evidence: { status: 200, sameShape: true, unsteady: reason } });
  });

  it("takes no third request where the first one failed", async () => {
    const flapping = (_: unknown, attempt: number) =>
      attempt === 1 ? failed("connection_reset", { phase: "headers", retriable: true }) : httpAnswer({ text: DATA });
    const { observation, net } = await observe(flapping, { authenticated: DATA });
    expect(net.sent().requests).toBe(2);
    expect(observation).toMatchObject({ evidence: { sameShape: true, unsteady: "connection_reset" } });
  });

  it("keeps a secret out, wherever the server repeats it", async () => {
    const keeper = credentials();
    await keeper.resolve("env:KEY", URL_OF_API);
    const spelled = [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString("hex"), btoa(SECRET)];
    for (const spelling of spelled) {
      const answer = httpAnswer({
        headers: [
          ["content-type", "application/json"],
          ["server", spelling],
          ["x-echo", spelling],
        ],
        text: JSON.stringify({ data: [spelling], [spelling]: { mail: "ann.lee@mail.example" } }),
      });
      const asked = { target: target(), address: "192.0.2.1", endpoint: ENDPOINT, knownMaps: [], level: "shape" } as const;
      const observation = await httpUnauthenticatedProbe.observe(
        { ...asked, integration: integration({ auth: AUTH, authProof: PERMITTED }), authenticated: await authenticatedAnswer(DATA) },
        context(fakeNet({ request: () => answer }), keeper),
      );
      expect(observation.outcome).toBe("observed");
      expect(canariesIn(JSON.stringify(observation), [SECRET, "ann.lee@mail.example"])).toEqual([]);
    }
  });
});
