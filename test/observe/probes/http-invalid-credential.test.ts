import { describe, expect, it } from "vitest";
import type { AuthProof, Endpoint, Integration } from "../../../src/model/integration.ts";
import { err, ok } from "../../../src/model/result.ts";
import { Secret } from "../../../src/model/secret.ts";
import { httpInvalidCredentialProbe } from "../../../src/observe/probes/http-invalid-credential.ts";
import { httpResponseProbe } from "../../../src/observe/probes/http-response.ts";
import type { ProbeContext } from "../../../src/observe/probes/probe.ts";
import { canariesIn } from "../../lab/support/canary.ts";
import { failed, fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, credentials, ENDPOINT, integration, SECRET, target, URL_OF_API } from "./support.ts";

const AUTH = { scheme: "api-key", name: "X-Acme-Key", credential: "env:KEY", neededScopes: [] } as const;
const PERMITTED: AuthProof = { level: "full", permission: { basis: "contract", by: "ciso", until: "2026-11-23" } };
const DATA = '{"data":[{"id":"ch_1","amount":4990}],"has_more":false}';

interface Asked {
  readonly url?: string;
  readonly integration?: Partial<Integration>;
  readonly endpoint?: Partial<Endpoint>;
  readonly context?: Partial<ProbeContext>;
}

async function observe(request: NonNullable<Script["request"]>, asked: Asked = {}) {
  const net = fakeNet({ request });
  const declared = integration({ auth: AUTH, authProof: PERMITTED, ...asked.integration });
  const question = {
    target: target(asked.url),
    address: "192.0.2.1",
    integration: declared,
    endpoint: { ...ENDPOINT, ...asked.endpoint },
    knownMaps: [],
  };
  const ours = await httpResponseProbe.observe(
    { ...question, integration: { ...declared, auth: AUTH } },
    context(fakeNet({ request: () => httpAnswer({ text: DATA }) })),
  );
  const authenticated = ours.outcome === "observed" ? { authenticated: ours.evidence } : {};
  const observation = await httpInvalidCredentialProbe.observe({ ...question, ...authenticated }, { ...context(net), ...asked.context });
  const sent = net.asked.map((one) => one.request?.credential?.value.reveal() ?? "");
  return { observation, net, sent };
}

describe("http-invalid-credential", () => {
  it("makes the same request with what looks like the credential and is not", async () => {
    const headers = { "x-tenant": "acme-audit", authorization: "Bearer leftover", cookie: "sid=leftover" };
    const { observation, net, sent } = await observe(() => httpAnswer({ status: 401 }), { integration: { headers } });
    expect(net.asked).toHaveLength(1);
    expect(net.asked[0]?.request).toMatchObject({
      method: "GET",
      path: "/v1/charges?limit=10",
      headers: { accept: "application/json", "x-tenant": "acme-audit", "cache-control": "no-cache" },
      credential: { in: "header", name: "X-Acme-Key" },
    });
    expect(sent[0]).toHaveLength(20);
    expect(canariesIn(sent.join(" "), [SECRET, "leftover"])).toEqual([]);
    expect(observation).toMatchObject({
      outcome: "observed",
      key: { endpoint: "list-charges" },
      evidence: { status: 401, digest: expect.any(String) },
    });
    expect(observation.outcome === "observed" && observation.evidence).not.toHaveProperty("shape");
  });

  it("makes up the user as well, where there is one", async () => {
    const { sent } = await observe(() => httpAnswer({ status: 401 }), {
      integration: { auth: { scheme: "basic", credential: "env:PAIR", neededScopes: [] } },
    });
    const [user = "", password = ""] = Buffer.from(sent[0] ?? "", "base64")
      .toString("utf8")
      .split(":");
    expect(user).toMatch(/^[a-z]{5}$/);
    expect(user).not.toBe("audit");
    expect(password).not.toContain(SECRET);
    expect(password.length).toBe(SECRET.length);
  });

  it("imitates the token where clients log in, and never the secret of the login", async () => {
    const token = { url: "https://auth.acme.example/token", clientAuth: "client_secret_basic" as const, scopes: [] };
    const auth = { scheme: "oauth2-client-credentials", credential: "env:KEY", token, neededScopes: [] } as const;
    const accessToken = async () => ok(new Secret("acme_0123456789abcdef0123456789"));
    const { sent } = await observe(() => httpAnswer({ status: 401 }), { integration: { auth }, context: { accessToken } });
    expect(sent[0]).toHaveLength(31);
    expect(sent[0]).not.toContain("0123456789abcdef");
    const refused = await observe(() => httpAnswer(), {
      integration: { auth },
      context: { accessToken: async () => err("credential_unavailable") },
    });
    expect(refused.observation).toMatchObject({ outcome: "skipped", failure: { reason: "credential_unavailable" } });
  });

  it.each<[string, string, object]>([
    ["the same data", DATA, { sameShape: true, shape: { errorShaped: false } }],
    ["Slack's refusal", '{"ok":false,"error":"invalid_auth"}', { sameShape: false, shape: { errorShaped: true } }],
    ["GraphQL's refusal", '{"data":null,"errors":[{"message":"no"}],"has_more":false}', { sameShape: false, shape: { errorShaped: true } }],
    ["something for everybody", '{"welcome":true}', { sameShape: false, shape: { errorShaped: false } }],
  ])("compares: %s", async (_, text, evidence) => {
    expect((await observe(() => httpAnswer({ text }))).observation).toMatchObject({ evidence: { status: 200, ...evidence } });
  });

  it("notes a copy out of a cache, and who else spoke", async () => {
    const cached = await observe(() =>
      httpAnswer({
        text: DATA,
        headers: [
          ["content-type", "application/json"],
          ["age", "7"],
        ],
      }),
    );
    expect(cached.observation).toMatchObject({ evidence: { fromCache: true, sameShape: true } });
    expect((await observe(() => httpAnswer({ status: 429 }))).observation).toMatchObject({ evidence: { interference: "rate_limited" } });
  });

  it.each<[string, Asked, string]>([
    ["nobody permitted it", { integration: { authProof: { level: "full" } } }, "permission_missing"],
    [
      "the permission ended yesterday",
      { integration: { authProof: { level: "full", permission: { basis: "contract", by: "ciso", until: "2026-11-22" } } } },
      "permission_missing",
    ],
    ["nothing was declared to imitate", { integration: { auth: { neededScopes: [] } } }, "not_requested"],
    ["the credential is not bound", { integration: { auth: { ...AUTH, credential: "env:UNBOUND" } } }, "credential_not_bound"],
    ["the credential is not there", { integration: { auth: { ...AUTH, credential: "env:GONE" } } }, "credential_unavailable"],
    ["the URL is http", { url: "http://api.acme.example" }, "credential_withheld"],
    ["the method may change something", { endpoint: { method: "DELETE" } }, "not_safe"],
    ["the method has a body, safe or not", { endpoint: { method: "POST", safe: true } }, "not_safe"],
    ["the path leaves the base URL", { endpoint: { path: "/../x" } }, "not_safe"],
  ])("sends nothing where %s", async (_, asked, reason) => {
    const { observation, net } = await observe(() => httpAnswer(), asked);
    expect(net.sent()).toEqual({ connections: 0, requests: 0 });
    expect(observation).toMatchObject({ outcome: "skipped", failure: { reason } });
  });

  it("asks twice at the most, and once where that costs or the host slows us down", async () => {
    const timeout = () => failed("http_timeout", { phase: "headers", retriable: true });
    expect((await observe(timeout)).net.sent()).toEqual(httpInvalidCredentialProbe.bound("full"));
    expect((await observe(timeout, { endpoint: { cost: "metered" } })).net.sent().requests).toBe(1);
    expect((await observe(() => failed("rate_limited", { retriable: true, limiting: true }))).net.sent().requests).toBe(1);
  });

  it("asks about what is accepted once more, with the same one, and about nothing else", async () => {
    const { net, sent, observation } = await observe(() => httpAnswer({ text: DATA }), { endpoint: { cost: "metered" } });
    expect(net.sent()).toEqual(httpInvalidCredentialProbe.bound("full"));
    expect(new Set(sent).size).toBe(1);
    expect(observation.outcome === "observed" && observation.evidence).not.toHaveProperty("unsteady");
    for (const refusal of [httpAnswer({ status: 401 }), httpAnswer({ text: '{"ok":false}' }), httpAnswer({ text: '{"welcome":true}' })]) {
      expect((await observe(() => refusal)).net.sent().requests).toBe(1);
    }
  });

  it.each<[string, ReturnType<NonNullable<Script["request"]>>, string]>([
    ["a refusal", httpAnswer({ status: 401 }), "evidence_ambiguous"],
    ["a broken server", httpAnswer({ status: 503 }), "server_error"],
    ["something else", httpAnswer({ text: '{"welcome":true}' }), "evidence_ambiguous"],
    ["nothing", failed("connection_reset", { retriable: true }), "connection_reset"],
  ])("notes that the second answer is %s", async (_, second, reason) => {
    const { observation, net } = await observe((__, attempt) => (attempt === 1 ? httpAnswer({ text: DATA }) : second));
    expect(net.sent().requests).toBe(2);
    expect(observation).toMatchObject({ evidence: { status: 200, sameShape: true, unsteady: reason } });
  });

  it("keeps what was made up out of what is kept", async () => {
    const keeper = credentials();
    const { observation, sent } = await observe(
      ({ credential }) => {
        const made = credential?.value.reveal() ?? "";
        const headers = [
          ["content-type", "application/json"],
          ["server", made],
        ] as const;
        return httpAnswer({ text: JSON.stringify({ data: [made], [made]: 1 }), headers });
      },
      { context: { credentials: keeper } },
    );
    expect(canariesIn(JSON.stringify(observation), [...sent, SECRET])).toEqual([]);
    expect(keeper.scrub(sent[0] ?? "")).toBe("[secret]");
  });

  it("is asked of the origin of the integration alone", async () => {
    const { net } = await observe(() => httpAnswer({ status: 302, headers: [["location", "https://evil.example/"]] }));
    expect(net.asked.map((one) => one.target.origin)).toEqual([URL_OF_API]);
  });
});
