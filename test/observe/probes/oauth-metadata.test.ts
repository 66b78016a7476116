import { describe, expect, it } from "vitest";
import { METADATA_PLACES, type ServerMetadataEvidence } from "../../../src/evidence/kinds.ts";
import type { HttpAnswer, NetResult } from "../../../src/model/net-port.ts";
import type { ServerMetadataFacts } from "../../../src/model/server-metadata.ts";
import type { Target } from "../../../src/model/target.ts";
import { askMetadata } from "../../../src/observe/probes/oauth-metadata.ts";
import { failed, fakeNet, httpAnswer } from "../../support/fake-net.ts";
import { context, target, URL_OF_API } from "./support.ts";

const RESOURCE = "/.well-known/oauth-protected-resource";
const SERVER = "/.well-known/oauth-authorization-server";
const OPENID = "/.well-known/openid-configuration";
const NOT_FOUND = httpAnswer({ status: 404, text: '{"error":"not_found"}' });

type Pages = Readonly<Record<string, NetResult<HttpAnswer> | object>>;

/** `pages` by URL; anything else is not there. */
async function ask(
  pages: Pages,
  {
    url = URL_OF_API,
    tokens,
    before,
    wasThere = false,
  }: { readonly url?: string; readonly tokens?: string; readonly before?: ServerMetadataFacts; readonly wasThere?: boolean } = {},
) {
  const net = fakeNet({
    request: ({ path }, _attempt, { origin }) => {
      const page = pages[`${origin}${path}`];
      return page === undefined ? NOT_FOUND : "ok" in page ? (page as NetResult<HttpAnswer>) : httpAnswer({ text: JSON.stringify(page) });
    },
  });
  const { observations, keys } = await askMetadata(
    {
      api: { target: target(url), address: "192.0.2.1" },
      path: new URL(url).pathname,
      ...(tokens !== undefined && { tokens: { target: target(tokens), path: new URL(tokens).pathname } }),
      before: () => before,
      wasThere: () => wasThere,
    },
    context(net),
  );
  const [resource, server] = observations;
  if (resource === undefined || server === undefined) throw new Error("two documents are asked for");
  return { net, asked: net.asked.map((one) => `${one.target.origin}${one.request?.path}`), resource, server, keys };
}

const issuer = (url: string, more: object = {}) => ({ issuer: url, token_endpoint: `${url}/token`, jwks_uri: `${url}/keys`, ...more });
const resourceOf = (url: string, ...servers: readonly string[]) => ({ resource: url, authorization_servers: servers });
const said = ({ outcome, ...more }: object & { readonly outcome: string }) =>
  "failure" in more ? (more.failure as { reason: string }).reason : outcome;

describe("what an API and its authorization server publish", () => {
  it("is asked for in the order of the standards, three times at the most, without a credential or a look at anything else", async () => {
    const { net, asked, resource, server } = await ask({}, { url: `${URL_OF_API}/v1` });
    expect(asked).toEqual([`${URL_OF_API}${RESOURCE}/v1`, `${URL_OF_API}${SERVER}`, `${URL_OF_API}${OPENID}`]);
    for (const { request, address } of net.asked) {
      expect(request).toEqual({ method: "GET", path: request?.path, headers: { accept: "application/json" }, maxBodyBytes: 262_144 });
      expect(address).toBe("192.0.2.1");
    }
    const absent = { absent: true, identifier: "unknown", endpoints: [], lists: {}, flags: [] };
    expect(resource).toMatchObject({ key: { endpoint: RESOURCE }, evidence: { document: "protected-resource", ...absent } });
    expect(server).toMatchObject({ key: { endpoint: SERVER }, evidence: { document: "authorization-server", ...absent } });
  });

  it("is asked of the server that the API names, by the place of its path", async () => {
    const login = "https://login.acme.example/tenant";
    const { asked, resource, server, keys } = await ask({
      [`${URL_OF_API}${RESOURCE}`]: resourceOf(URL_OF_API, `${login}/`),
      [`https://login.acme.example/tenant${OPENID}`]: issuer(login, { subject_types_supported: ["public"] }),
    });
    expect(asked.slice(1)).toEqual([`https://login.acme.example${SERVER}/tenant`, `https://login.acme.example/tenant${OPENID}`]);
    expect(resource).toMatchObject({ evidence: { document: "protected-resource", identifier: "same" } });
    expect(server).toMatchObject({ key: { origin: "https://login.acme.example" }, evidence: { document: "openid", identifier: "same" } });
    expect(keys).toMatchObject({ origin: "https://login.acme.example", place: { value: { path: "/tenant/keys" } } });
  });

  it("is asked of the server where tokens are fetched before any other that is named", async () => {
    const pages = { [`${URL_OF_API}${RESOURCE}`]: resourceOf(URL_OF_API, "https://a.acme.example", "https://acme.login.example/x") };
    const { asked } = await ask(pages, { tokens: "https://acme.login.example/oauth/token" });
    expect(asked.slice(1)).toEqual([`https://acme.login.example${SERVER}/x`, `https://acme.login.example/x${OPENID}`]);
  });

  it("is asked of the server where tokens are fetched, where nobody names one", async () => {
    const { asked } = await ask({}, { tokens: "https://acme.login.example/oauth/token" });
    expect(asked.slice(1)).toEqual([`https://acme.login.example${SERVER}`, `https://acme.login.example${OPENID}`]);
  });

  it("is not looked for any further where it was found", async () => {
    const { asked, server } = await ask({ [`${URL_OF_API}${SERVER}`]: issuer(URL_OF_API) });
    expect(asked).toHaveLength(2);
    expect(server).toMatchObject({ evidence: { document: "authorization-server", identifier: "guessed" } });
  });

  it.each([
    ["/oauth2/default/v1/token", "/oauth2/default"],
    ["/oauth2/v1/token", ""],
    ["/realms/x/protocol/openid-connect/token", "/realms/x"],
    ["/tenant/oauth2/v2.0/token", "/tenant/v2.0"],
    ["/tenant/oauth2/token", "/tenant"],
    ["/oauth/token", ""],
    ["/identity/connect/token", "/identity"],
    ["/services/oauth2/token", ""],
    ["/token", ""],
    ["/tenant/token/", "/tenant"],
    ["/give/me/one", ""],
  ])("is looked for where the server behind %s has its issuer by habit", async (path, issuerPath) => {
    const login = "https://acme.login.example";
    const document = { ...issuer(`${login}${issuerPath}`), token_endpoint: `${login}${path}` };
    const { asked, server } = await ask({ [`${login}${issuerPath}${OPENID}`]: document }, { tokens: `${login}${path}` });
    expect(asked.slice(1)).toEqual([`${login}${SERVER}${issuerPath}`, `${login}${issuerPath}${OPENID}`]);
    expect(server).toMatchObject({ evidence: { document: "authorization-server", identifier: "guessed" } });
  });

  it("is not judged where nobody named the issuer, and the document is about another token endpoint", async () => {
    const login = "https://acme.login.example";
    const tokens = `${login}/custom/oauth/issue`;
    const { server, keys } = await ask({ [`${login}${SERVER}`]: issuer(login) }, { tokens });
    expect(said(server)).toBe("evidence_ambiguous");
    expect(keys.place).toMatchObject({ ok: false, error: { reason: "evidence_ambiguous" } });
    const right = { [`${login}${SERVER}`]: issuer(login), [`${login}${OPENID}`]: issuer(login, { token_endpoint: tokens }) };
    expect((await ask(right, { tokens })).server).toMatchObject({ evidence: { identifier: "guessed" } });
    for (const token_endpoint of [undefined, 7, `${tokens}?x=1`, "https://acme.login.example.evil.example/custom/oauth/issue"]) {
      expect(said((await ask({ [`${login}${SERVER}`]: issuer(login, { token_endpoint }) }, { tokens })).server)).toBe("evidence_ambiguous");
    }
  });

  it("is held against no guess: a document about the declared token endpoint may name an issuer elsewhere", async () => {
    const tokens = "https://acme.login.example/tenant/oauth2/token";
    const page = {
      "https://acme.login.example/tenant/.well-known/openid-configuration": { issuer: "https://sts.example/t", token_endpoint: tokens },
    };
    expect((await ask(page, { tokens })).server).toMatchObject({ evidence: { identifier: "guessed" } });
    const aliased = {
      issuer: "https://sts.example/t",
      mtls_endpoint_aliases: { token_endpoint: tokens },
      token_endpoint: "https://sts.example/token",
    };
    expect((await ask({ [Object.keys(page)[0] as string]: aliased }, { tokens })).server).toMatchObject({
      evidence: { identifier: "guessed" },
    });
  });

  it("is not asked of an API without TLS, but where tokens are fetched with it", async () => {
    expect((await ask({}, { url: "http://api.acme.example" })).asked).toEqual([]);
    const { asked, resource } = await ask({}, { url: "http://api.acme.example", tokens: "https://login.acme.example/token" });
    expect(asked).toEqual([`https://login.acme.example${SERVER}`, `https://login.acme.example${OPENID}`]);
    expect(said(resource)).toBe("not_requested");
    expect((await ask({}, { tokens: "http://login.acme.example/token" })).asked).toEqual([`${URL_OF_API}${RESOURCE}`]);
  });

  it.each([
    ["of another domain", "https://login.other.example"],
    ["of a neighbour on a platform that many share", "https://evil.azurewebsites.net", "https://acme.azurewebsites.net"],
    ["without TLS", "http://login.acme.example"],
    ["that is an address", "https://10.0.0.7"],
    ["that is an address in disguise", "https://0x7f.1"],
    ["that is an address of six groups", "https://[fd00::1]"],
    ["that no public DNS knows", "https://login.acme.internal", "https://api.acme.internal"],
    ["with a password", "https://user:pass@login.acme.example"],
    ["with a query, which would take our path into it", "https://api.acme.example/pay?to="],
    ["with a fragment", "https://login.acme.example/#x"],
    ["at a port that nobody named", "https://login.acme.example:6443"],
    ["of endless length", `https://login.acme.example/${"x".repeat(3000)}`],
    ["that is no URL", "login"],
    ["that only looks like it", "https://acme.example.evil.example"],
  ])("sends nobody to a server %s", async (_what, named, url = URL_OF_API) => {
    const { asked, server, keys } = await ask({ [`${url}${RESOURCE}`]: resourceOf(url, named) }, { url });
    expect(asked).toEqual([`${url}${RESOURCE}`]);
    expect([said(server), server.key.origin]).toEqual(["not_requested", url]);
    expect(keys.place).toMatchObject({ ok: false, error: { reason: "not_requested" } });
  });

  it("goes to public addresses alone where somebody else than the user says where", async () => {
    const pages = { [`${URL_OF_API}${RESOURCE}`]: resourceOf(URL_OF_API, "https://login.acme.example") };
    const places = async (tokens?: string) => (await ask(pages, tokens === undefined ? {} : { tokens })).net.asked.map((one) => one.target);
    const isPublicOnly = (targets: readonly Target[]) => targets.map(({ publicOnly = false }) => publicOnly);
    expect(isPublicOnly(await places())).toEqual([false, true, true]);
    expect(isPublicOnly(await places("https://login.acme.example/token"))).toEqual([false, false, false]);
  });

  it.each([
    ["a page", httpAnswer({ text: "<html>Hello</html>", headers: [["content-type", "text/html"]] }), "observed"],
    ["JSON of something else", httpAnswer({ text: '{"error":"not_found"}' }), "observed"],
    ["a document of the other kind", httpAnswer({ text: '{"issuer":"https://api.acme.example"}' }), "observed"],
    ["nothing", httpAnswer({ status: 204, text: "" }), "observed"],
    ["a demand for a credential", httpAnswer({ status: 401 }), "observed"],
    ["a refusal", httpAnswer({ status: 403 }), "observed"],
    ["410", httpAnswer({ status: 410 }), "observed"],
    ["a redirect to a page", httpAnswer({ status: 302, headers: [["location", "/login?next=%2F.well-known%2Foauth"]] }), "observed"],
    ["a redirect to nowhere", httpAnswer({ status: 302 }), "observed"],
    [
      "a redirect that keeps the place",
      httpAnswer({ status: 301, headers: [["location", `https://www.acme.example${RESOURCE}`]] }),
      "redirect_not_followed",
    ],
    ["a limit", httpAnswer({ status: 429 }), "rate_limited"],
    ["a firewall", httpAnswer({ status: 403, headers: [["content-type", "text/html"]] }), "blocked"],
    ["a broken server", httpAnswer({ status: 502 }), "server_error"],
    ["too early", httpAnswer({ status: 425 }), "unexpected_status"],
    ["a stranger's certificate", httpAnswer({ trusted: false, text: '{"resource":"https://api.acme.example"}' }), "tls_untrusted"],
    ["half a document", httpAnswer({ bodyProblem: { reason: "body_truncated", phase: "body", retriable: false } }), "body_truncated"],
    ["silence", failed("http_timeout", { phase: "headers" }), "http_timeout"],
    ["deep nesting", httpAnswer({ text: `{"resource":${"[".repeat(100_000)}` }), "observed"],
  ])("tells what is not there from what cannot be seen: %s", async (_what, page, outcome) => {
    const { resource, server } = await ask({ [`${URL_OF_API}${RESOURCE}`]: page });
    expect(said(resource)).toBe(outcome);
    if (resource.outcome === "observed") expect(resource.evidence).toMatchObject({ absent: true, document: "protected-resource" });
    // Where nobody can say which server it is, none is asked.
    expect(said(server)).toBe(outcome);
  });

  it.each([
    ["a page", httpAnswer({ text: "<html>Hello</html>", headers: [["content-type", "text/html"]] }), "evidence_ambiguous"],
    ["a document of the other kind", httpAnswer({ text: '{"issuer":"https://api.acme.example"}' }), "evidence_ambiguous"],
    ["a demand for a credential", httpAnswer({ status: 401 }), "unexpected_status"],
    ["a refusal", httpAnswer({ status: 403 }), "unexpected_status"],
    ["nothing", httpAnswer({ status: 204, text: "" }), "unexpected_status"],
    ["a redirect to a page", httpAnswer({ status: 302, headers: [["location", "/login"]] }), "redirect_not_followed"],
    ["404", NOT_FOUND, "observed"],
    ["410", httpAnswer({ status: 410 }), "observed"],
  ])("is gone where it was only if that is said in so many words: %s", async (_what, page, outcome) => {
    const { resource } = await ask({ [`${URL_OF_API}${RESOURCE}`]: page }, { wasThere: true });
    expect(said(resource)).toBe(outcome);
    const { server, keys } = await ask({ [`${URL_OF_API}${SERVER}`]: page, [`${URL_OF_API}${OPENID}`]: NOT_FOUND }, { wasThere: true });
    if (outcome !== "evidence_ambiguous") expect(said(server)).toBe(outcome);
    expect(keys.place.ok).toBe(server.outcome === "observed");
  });

  it("may lead to a port of the user's own", async () => {
    const pages = {
      "https://api.acme.example:8443/.well-known/oauth-protected-resource": resourceOf(
        "https://api.acme.example:8443",
        "https://login.acme.example:8443",
      ),
    };
    const { asked } = await ask(pages, { url: "https://api.acme.example:8443" });
    expect(asked[1]).toBe(`https://login.acme.example:8443${SERVER}`);
  });

  it.each(["?x=1", "#x"])("is not that of an issuer or a resource that ends in %s", async (end) => {
    const { resource } = await ask({ [`${URL_OF_API}${RESOURCE}`]: resourceOf(`${URL_OF_API}/${end}`) });
    expect(resource).toMatchObject({ evidence: { identifier: "other" } });
  });

  it("is not repeated, whatever comes of it", async () => {
    expect((await ask({ [`${URL_OF_API}${RESOURCE}`]: failed("connection_reset", { retriable: true }) })).asked).toHaveLength(1);
  });

  it("is still asked where tokens are fetched when the API cannot be heard", async () => {
    const pages = { [`${URL_OF_API}${RESOURCE}`]: failed("http_timeout") };
    const { resource, server } = await ask(pages, { tokens: "https://login.acme.example/token" });
    expect([said(resource), said(server)]).toEqual(["http_timeout", "observed"]);
  });

  it("names no server where it speaks for another API", async () => {
    const { asked, resource } = await ask({
      [`${URL_OF_API}${RESOURCE}`]: resourceOf("https://other.example", "https://login.acme.example"),
    });
    expect(resource).toMatchObject({ evidence: { identifier: "other" } });
    expect(asked[1]).toBe(`${URL_OF_API}${SERVER}`);
  });

  it.each([
    ["the issuer that was named", "https://login.acme.example", "same"],
    ["with a slash", "https://login.acme.example/", "same"],
    ["a tenant's place", "https://login.acme.example/{tenantid}", "template"],
    ["another path of it", "https://login.acme.example/other", "other"],
    ["another host of the domain", "https://sso.acme.example", "other"],
    ["somebody else", "https://evil.example", "other"],
  ])("is held against who was named: %s", async (_what, url, identifier) => {
    const pages = {
      [`${URL_OF_API}${RESOURCE}`]: resourceOf(URL_OF_API, "https://login.acme.example"),
      [`https://login.acme.example${SERVER}`]: issuer(url),
    };
    expect((await ask(pages)).server).toMatchObject({ evidence: { identifier } });
  });

  it.each([
    ["the origin", URL_OF_API, "observed"],
    ["another host of the domain, which nobody said it was not", "https://sso.acme.example/x", "observed"],
    ["another domain", "https://evil.example", "evidence_ambiguous"],
  ])("counts in the domain of the API where nobody named an issuer or a place for tokens: %s", async (_what, url, outcome) => {
    expect(said((await ask({ [`${URL_OF_API}${SERVER}`]: issuer(url) })).server)).toBe(outcome);
  });

  it("notes an issuer without TLS, and no other, among the endpoints", async () => {
    const namesOf = async (url: string) => {
      const { server } = await ask({ [`${URL_OF_API}${SERVER}`]: issuer(URL_OF_API, { issuer: url }) });
      const { endpoints } = (server as { readonly evidence?: ServerMetadataEvidence }).evidence ?? {};
      return endpoints?.filter(({ name }) => name === "issuer");
    };
    expect(await namesOf("http://login.acme.example")).toEqual([{ name: "issuer", scheme: "http", domain: "same" }]);
    expect(await namesOf("http://localhost:8080")).toBeUndefined();
    expect(await namesOf("https://login.acme.example")).toEqual([]);
  });

  it("does not lead to keys where it speaks for somebody else, or names nobody", async () => {
    const keysIn = async (document: object) => (await ask({ [`${URL_OF_API}${SERVER}`]: document })).keys.place;
    expect(await keysIn(issuer("https://evil.example"))).toMatchObject({ error: { reason: "evidence_ambiguous" } });
    expect(await keysIn({ token_endpoint: `${URL_OF_API}/token`, jwks_uri: `${URL_OF_API}/keys` })).toMatchObject({
      error: { reason: "evidence_ambiguous" },
    });
    expect(await keysIn(issuer(URL_OF_API, { jwks_uri: undefined }))).toEqual({ ok: true, value: undefined });
    for (const url of [
      "https://keys.other.example/",
      "http://api.acme.example/keys",
      "https://192.168.0.1/keys",
      "https://169.254.169.254/",
    ]) {
      expect(await keysIn(issuer(URL_OF_API, { jwks_uri: url }))).toMatchObject({ error: { reason: "not_requested" } });
    }
    for (const url of ["https://keys.other.example/set?v=1", "https://10.0.0.1/set?v=1"]) {
      expect(await keysIn(issuer(URL_OF_API, { jwks_uri: url }))).toMatchObject({ error: { reason: "not_requested" } });
    }
    expect(await keysIn(issuer(URL_OF_API, { jwks_uri: "https://keys.acme.example/set?v=1#x" }))).toMatchObject({
      value: { target: { origin: "https://keys.acme.example", publicOnly: true }, path: "/set?v=1" },
    });
  });

  it("keeps what it was held against, and no word of the document", async () => {
    const before: ServerMetadataFacts = { document: "openid", identifier: "same", endpoints: [], lists: {}, flags: [] };
    const document = issuer(URL_OF_API, { grant_types_supported: ["canary-grant"], op_policy_uri: "https://canary.example" });
    const { server } = await ask({ [`${URL_OF_API}${SERVER}`]: document }, { before });
    expect(server).toMatchObject({ evidence: { before } satisfies Partial<ServerMetadataEvidence> });
    expect(JSON.stringify(server)).not.toContain("canary");
    expect((await ask({}, { before })).server).toMatchObject({
      key: { endpoint: METADATA_PLACES["authorization-server"] },
      evidence: { before },
    });
  });
});
