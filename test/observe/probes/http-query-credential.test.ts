import { describe, expect, it } from "vitest";
import type { Endpoint, Integration } from "../../../src/model/integration.ts";
import type { HttpRequest } from "../../../src/model/net-port.ts";
import { httpQueryCredentialProbe } from "../../../src/observe/probes/http-query-credential.ts";
import { canariesIn } from "../../lab/support/canary.ts";
import { failed, fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, ENDPOINT, integration, SECRET, target } from "./support.ts";

const AUTH = { scheme: "bearer", credential: "env:KEY", neededScopes: [] } as const;
const PERMISSION = { basis: "contract", by: "ciso", until: "2026-11-23" } as const;
const NAMES = ["api_key", "access_token", "key", "token", "apikey"];

async function observe(
  request: NonNullable<Script["request"]>,
  declared: Partial<Integration> = {},
  endpoint: Partial<Endpoint> = {},
  url?: string,
) {
  const net = fakeNet({ request });
  const observation = await httpQueryCredentialProbe.observe(
    {
      target: target(url),
      address: "192.0.2.1",
      integration: integration({ auth: AUTH, authProof: { level: "full", permission: PERMISSION }, ...declared }),
      endpoint: { ...ENDPOINT, ...endpoint },
      knownMaps: [],
    },
    context(net),
  );
  expect(net.sent().requests).toBeLessThanOrEqual(httpQueryCredentialProbe.bound("full").requests);
  return { observation, net, names: net.asked.map((one) => one.request?.credential?.name) };
}

const refusing = (body: unknown, more: Parameters<typeof httpAnswer>[0] = {}) =>
  httpAnswer({ status: 401, text: JSON.stringify(body), ...more });
/** Says something else to whom? */
const reader =
  (...read: readonly string[]) =>
  ({ credential }: HttpRequest) =>
    refusing({ error: read.includes(credential?.name ?? "") ? "invalid_api_key" : "missing_credentials" });
const REFUSED = { error: "missing_credentials" };
const URL_ECHO = ({ path, credential }: HttpRequest, how: (url: string) => unknown) =>
  refusing(how(credential === undefined ? path : `${path}&${credential.name}=${credential.value.reveal()}`));

describe("http-query-credential", () => {
  it("asks without, with a name that nobody knows, then with those that are known: never with our credential", async () => {
    const headers = { authorization: "Bearer leftover", cookie: "sid=leftover" };
    const { observation, net, names } = await observe(reader(), { headers });
    expect(names).toEqual([undefined, expect.stringMatching(/^[a-z_]{7}$/), ...NAMES]);
    expect(NAMES[0]).toHaveLength(7);
    expect(observation).toMatchObject({ evidence: { state: "compared", tried: NAMES, read: [] } });
    const values = net.asked.map((one) => one.request?.credential?.value.reveal() ?? "");
    expect(new Set(values.slice(1)).size).toBe(1);
    expect(canariesIn(`${values.join(" ")} ${JSON.stringify(net.asked)}`, [SECRET, "leftover"])).toEqual([]);
    for (const { request } of net.asked) expect(request?.headers).toEqual({ accept: "application/json", "cache-control": "no-cache" });
  });

  it.each(NAMES)("sees that %s is read, once more, and asks no further", async (name) => {
    const { observation, names } = await observe(reader(name));
    expect(observation).toMatchObject({ evidence: { state: "compared", tried: NAMES.slice(0, NAMES.indexOf(name) + 1), read: [name] } });
    expect(names.slice(-2)).toEqual([name, name]);
    expect(names).toHaveLength(NAMES.indexOf(name) + 4);
  });

  it.each<[string, NonNullable<Script["request"]>]>([
    ["by another status", ({ credential }) => refusing(REFUSED, { status: credential?.name === "key" ? 403 : 401 })],
    [
      "by a challenge",
      ({ credential }) =>
        refusing(REFUSED, { headers: [["www-authenticate", credential?.name === "key" ? 'Bearer error="invalid_token"' : "Bearer"]] }),
    ],
    [
      "by another media type",
      ({ credential }) =>
        refusing(REFUSED, { headers: [["content-type", credential?.name === "key" ? "text/plain" : "application/json"]] }),
    ],
    ["by being let in", ({ credential }) => refusing(REFUSED, { status: credential?.name === "key" ? 200 : 401 })],
  ])("is told %s", async (_, request) => {
    expect((await observe(request)).observation).toMatchObject({ evidence: { state: "compared", read: ["key"] } });
  });

  it.each<[string, NonNullable<Script["request"]>]>([
    [
      "ids and moments of each call",
      (_, attempt) =>
        refusing({
          ...REFUSED,
          request_id: `req_8f3a${attempt}c`,
          at: `2026-11-23T12:00:0${attempt}Z`,
          took: attempt,
          trace: `00-4bf92f3577b34da6a3ce929d0e0e473${attempt}`,
        }),
    ],
    ["a message with the words of a name in it", () => refusing({ error: "Missing API key, token or access_token" })],
    ["the URL in the message", (request) => URL_ECHO(request, (url) => ({ error: `no access to ${url}` }))],
    [
      "the URL in the challenge",
      ({ path, credential }) =>
        refusing(REFUSED, {
          headers: [
            [
              "www-authenticate",
              `Bearer realm="${path}${credential === undefined ? "" : `&${credential.name}=${credential.value.reveal()}`}"`,
            ],
          ],
        }),
    ],
    ["no body at all", () => httpAnswer({ status: 401, text: "" })],
  ])("is not misled by %s", async (_, request) => {
    expect((await observe(request)).observation).toMatchObject({ evidence: { state: "compared", tried: NAMES, read: [] } });
  });

  it.each<[string, NonNullable<Script["request"]>, number]>([
    [
      "every unknown name changes the answer",
      ({ credential }) =>
        refusing(credential === undefined ? REFUSED : { error: "unknown_parameter" }, { status: credential === undefined ? 401 : 400 }),
      2,
    ],
    [
      "what is asked is given back as an object",
      ({ credential }) => refusing({ args: credential === undefined ? {} : { [credential.name]: credential.value.reveal() } }),
      2,
    ],
    ["the answers differ by themselves", (_, attempt) => refusing({ error: "ab".repeat(attempt) }), 2],
    [
      "a name is answered now so, now so",
      ({ credential }, attempt) => refusing({ error: credential?.name === "api_key" ? "xy".repeat(attempt) : "no" }),
      4,
    ],
  ])("does not know where %s", async (_, request, requests) => {
    const { observation, net } = await observe(request);
    expect(observation).toMatchObject({ evidence: { state: "ambiguous", read: [] } });
    expect(net.sent().requests).toBe(requests);
  });

  const GITHUB = { message: "Must specify access token via Authorization header." };
  it.each([400, 401, 403])("goes on where the place itself is refused, with status %d", async (status) => {
    const channel = ({ credential }: HttpRequest) =>
      credential?.name === "access_token" ? refusing(GITHUB, { status }) : refusing(REFUSED);
    const { observation, net } = await observe(channel);
    expect(observation).toMatchObject({ evidence: { state: "compared", tried: NAMES, read: [] } });
    expect(net.sent().requests).toBe(7);
  });

  it("sees a name that is read behind one that is not to be used", async () => {
    const { observation } = await observe((request) =>
      request.credential?.name === "api_key" ? refusing(GITHUB, { status: 400 }) : reader("token")(request),
    );
    expect(observation).toMatchObject({ evidence: { state: "compared", read: ["token"] } });
  });

  it("takes a header that was named before for no sign", async () => {
    const { observation } = await observe(({ credential }) =>
      refusing({ error: `Send it in the header${credential?.name === "token" ? ": this one is invalid" : ""}` }),
    );
    expect(observation).toMatchObject({ evidence: { state: "compared", read: ["token"] } });
  });

  it.each([302, 400, 404, 422])("does not know what a change to %d without a word means", async (status) => {
    const { observation, net } = await observe(({ credential }) =>
      refusing(REFUSED, { status: credential?.name === "key" ? status : 401 }),
    );
    expect(observation).toMatchObject({ evidence: { state: "ambiguous", tried: NAMES, read: [] } });
    expect(net.sent().requests).toBe(7);
  });

  it("stops at an endpoint that refuses nothing", async () => {
    const { observation, net } = await observe(() => httpAnswer());
    expect(observation).toMatchObject({ evidence: { state: "not-refused", tried: [] } });
    expect(net.sent().requests).toBe(1);
  });

  it.each([1, 2, 4])("stops where a limiter speaks, at request %d", async (at) => {
    const { observation, net } = await observe((_, attempt) => (attempt === at ? httpAnswer({ status: 429 }) : refusing(REFUSED)));
    expect(observation).toMatchObject({ evidence: { state: "ambiguous", interference: "rate_limited", read: [] } });
    expect(net.sent().requests).toBe(at);
  });

  it("stops where the network fails, and repeats nothing", async () => {
    const { observation, net } = await observe((_, attempt) =>
      attempt === 3 ? failed("connection_reset", { retriable: true }) : refusing(REFUSED),
    );
    expect(observation).toMatchObject({ failure: { reason: "connection_reset" } });
    expect(net.sent().requests).toBe(3);
  });

  it("leaves names alone that the declared request uses", async () => {
    const { names } = await observe(reader(), {}, { path: "/v1/charges?key=public-name" });
    expect(names).not.toContain("key");
    expect(names).toHaveLength(6);
  });

  it.each<[string, Partial<Integration>, Partial<Endpoint>, string, string?]>([
    ["nobody permitted it", { authProof: { level: "full" } }, {}, "permission_missing"],
    [
      "the permission ended",
      { authProof: { level: "full", permission: { ...PERMISSION, until: "2026-11-22" } } },
      {},
      "permission_missing",
    ],
    ["ours belongs there", { auth: { ...AUTH, in: "query" } }, {}, "not_requested"],
    ["the method may change something", {}, { method: "DELETE" }, "not_safe"],
    ["the method is not GET", {}, { method: "HEAD" }, "not_safe"],
    ["the URL is http", {}, {}, "credential_withheld", "http://api.acme.example"],
  ])("sends nothing where %s", async (_, declared, endpoint, reason, url) => {
    const { observation, net } = await observe(() => httpAnswer(), declared, endpoint, url);
    expect(net.sent().requests).toBe(0);
    expect(observation).toMatchObject({ outcome: "skipped", failure: { reason } });
  });

  it("keeps nothing of the answers", async () => {
    const { observation } = await observe(() => refusing({ error: "canary-of-the-answer", mail: "ann.lee@mail.example" }));
    expect(canariesIn(JSON.stringify(observation), ["canary-of-the-answer", "ann.lee@mail.example"])).toEqual([]);
  });

  it("reads a hostile answer in linear time", async () => {
    const text = `${"a-".repeat(32 * 1024)}`;
    expect((await observe(() => httpAnswer({ status: 401, text }))).observation).toMatchObject({ evidence: { read: [] } });
  });
});
