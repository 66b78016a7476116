import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { AuditResult } from "../../src/app/audit.ts";
import { createAuthority } from "../../src/demo/certificates.ts";
import { CLEAN } from "../../src/demo/conditions.ts";
import { ISSUED_TOKEN, issuing, REFRESH_TOKEN, startAuthorizationServer, type TokenReply } from "./support/authorization-server.ts";
import { cleanEntry, LAB_SECRET, startLab } from "./support/lab.ts";

/** A field of the request; a preflight names it as a value. */
const CARRIES = /^authorization:/im;
const TWO_ENDPOINTS = [
  { id: "orders", request: "GET /v1/orders" },
  { id: "again", request: "GET /v1/orders?page=2" },
];

async function lab({ trusted = true, token = {} }: { readonly trusted?: boolean; readonly token?: object } = {}) {
  const started = await startLab();
  const api = await started.start({ ...CLEAN, auth: { in: "header", name: "authorization", value: `Bearer ${ISSUED_TOKEN}` } });
  const server = await startAuthorizationServer(trusted ? started.authority : createAuthority());
  const auth = {
    scheme: "oauth2-client-credentials",
    credential: "env:LAB_KEY",
    token: { url: server.url, clientAuth: "client_secret_basic", clientId: "a client", scopes: ["orders.read"], ...token },
  };
  const entry = cleanEntry(api, { auth, endpoints: TWO_ENDPOINTS });
  return { ...started, api, server, audit: () => started.audit([entry], { withEvidence: true }) };
}

function said({ report }: AuditResult, rule: string): readonly string[] {
  const [integration] = report.integrations;
  const found = integration?.findings.filter((finding) => finding.rule === rule).map(({ severity }) => severity) ?? [];
  return [...found, ...(integration?.unobserved.filter((one) => one.rule === rule).map(({ reason }) => reason) ?? [])];
}

describe("logging in as our clients do", () => {
  it("asks for one token, and sends that to the API and the secret to the authorisation server alone", async () => {
    const { api, server, audit, databaseFile } = await lab();
    const result = await audit();
    expect(server.asked).toMatchObject([
      {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`a+client:${LAB_SECRET}`)}`, "content-type": "application/x-www-form-urlencoded" },
        form: { grant_type: "client_credentials", scope: "orders.read" },
      },
    ]);
    const heads = api.requests().map(({ head }) => head);
    expect(heads.filter((head) => head.includes(`Bearer ${ISSUED_TOKEN}`))).toHaveLength(2);
    expect(heads.join("\n")).not.toContain(LAB_SECRET);
    expect(said(result, "auth/login-refused")).toEqual([]);
    expect(said(result, "data/sensitive-field-undeclared")).toEqual([]);
    const left = [JSON.stringify(result.report), (await readFile(databaseFile)).toString("latin1")].join("\n");
    for (const secret of [ISSUED_TOKEN, REFRESH_TOKEN, LAB_SECRET]) expect(left).not.toContain(secret);
  });

  it("sends no more than it said it would", async () => {
    const { report } = await (await lab()).audit();
    const { requests, connections, bound } = report.run;
    expect(requests).toBeLessThanOrEqual(bound.requests);
    expect(connections).toBeLessThanOrEqual(bound.connections);
  });

  it("puts the secret into the body where the inventory says so", async () => {
    const { server, audit } = await lab({ token: { clientAuth: "client_secret_post" } });
    await audit();
    expect(server.asked[0]?.form).toEqual({
      grant_type: "client_credentials",
      scope: "orders.read",
      client_id: "a client",
      client_secret: LAB_SECRET,
    });
    expect(server.asked[0]?.headers.authorization).toBeUndefined();
  });

  it.each(["private_key_jwt", "tls_client_auth", "none"])("asks nothing where the client proves itself by %s", async (clientAuth) => {
    const { api, server, audit } = await lab({ token: { clientAuth } });
    const result = await audit();
    expect(server.asked).toEqual([]);
    expect(said(result, "auth/login-refused")).toEqual(["credential_unavailable"]);
    expect(api.requests().filter(({ head }) => CARRIES.test(head))).toEqual([]);
  });

  it("gives a server whose certificate is not trusted neither the secret nor the request", async () => {
    const { server, audit } = await lab({ trusted: false, token: { clientAuth: "client_secret_post" } });
    const result = await audit();
    expect(server.asked).toEqual([]);
    expect(said(result, "auth/login-refused")).toEqual(["tls_untrusted"]);
  });

  it.each<[string, TokenReply, readonly string[], string]>([
    ["a client that is not known", { status: 401, body: '{"error":"invalid_client"}' }, ["high"], "credential_unavailable"],
    ["a 401 without a word", { status: 401, body: "" }, ["high"], "credential_unavailable"],
    ["a scope that it may not have", { status: 400, body: '{"error":"invalid_scope"}' }, ["medium"], "credential_unavailable"],
    ["a limiter", { status: 429, body: "" }, ["rate_limited"], "credential_unavailable"],
    ["a broken server", { status: 500, body: "{}" }, ["server_error"], "credential_unavailable"],
    ["a page", { body: "<html>log in</html>" }, ["evidence_ambiguous"], "credential_unavailable"],
    ["an error of its own making", { status: 400, body: '{"error":"E4711"}' }, ["evidence_ambiguous"], "credential_unavailable"],
    [
      "a redirect",
      { status: 302, headers: { location: "https://elsewhere.example/" }, body: "" },
      ["evidence_ambiguous"],
      "credential_unavailable",
    ],
  ])("is told apart: %s", async (_name, reply, login, endpoint) => {
    const { api, server, audit } = await lab();
    server.turn(reply);
    const result = await audit();
    expect(server.asked).toHaveLength(1);
    expect(said(result, "auth/login-refused")).toEqual(login);
    expect(new Set(said(result, "data/secret-in-response"))).toEqual(new Set([endpoint]));
    expect(api.requests().filter(({ head }) => CARRIES.test(head))).toEqual([]);
  });

  it.each([
    ["a token for proofs of possession", issuing({ token_type: "DPoP" })],
    ["a token with a line break", issuing({ access_token: "a\r\nx-evil: 1" })],
    ["a token that is no text", issuing({ access_token: { a: 1 } })],
  ])("does not send %s", async (_name, reply) => {
    const { api, server, audit } = await lab();
    server.turn(reply);
    await audit();
    expect(api.requests().filter(({ head }) => CARRIES.test(head) || head.includes("x-evil"))).toEqual([]);
  });
});
