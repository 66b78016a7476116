import { expect, test } from "vitest";
import { credentialOverHttp } from "../../../../src/judge/rules/auth/credential-over-http.ts";
import { anIntegration, response, twin, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const URL_IS_GOOD = ["", "https-declared"] as const;
const says = (name: string, status: number, outcome: string, more?: string) => ({
  name,
  observations: [twin({ status })],
  expect: [URL_IS_GOOD, ["plaintext", outcome, ...(more === undefined ? [] : [more])] as unknown as readonly [string, string]],
});
const JSON_TYPE = [["content-type", "application/json"]] as const;
const overTls = () => response({ headers: { "content-type": "application/json" } });
const redirecting = (location: string) => twin({ status: 301, headers: [["location", location]] });
const token = (url: string) => ({ ...anIntegration().auth, token: { url, clientAuth: "client_secret_basic", scopes: [] } });

describeRule(
  credentialOverHttp,
  {
    pass: [
      says("nginx refuses plain HTTP on its TLS port", 400, "plaintext-refuses"),
      says("forbidden", 403, "plaintext-refuses"),
      says("gone", 410, "plaintext-refuses"),
      says("misdirected", 421, "plaintext-refuses"),
      says("upgrade required", 426, "plaintext-refuses"),
      {
        name: "nobody listens",
        observations: [twin({ state: "closed" })],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-closed"]],
      },
      {
        name: "a refused connection is a fact, not a failure to look",
        observations: [unseen("http-plaintext", "connect_refused", {}, "refused")],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-closed"]],
      },
      {
        name: "a page for people, at the root and at the declared path",
        observations: [
          response({ headers: { "content-type": "text/html" } }),
          twin({ status: 200, endpoint: "list", headers: [["content-type", "text/html"]] }),
        ],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-page"]],
      },
      {
        name: "a token URL over https",
        integration: { auth: token("https://auth.acme.example/token") },
        observations: [twin()],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-refuses"], ["token-url", "https-declared"]],
      },
    ],
    fail: [
      {
        name: "the declared URL",
        integration: { baseUrl: "http://api.acme.example/v1" },
        expect: [["", "http-declared", "critical"]],
      },
      {
        name: "another region, and its port",
        integration: { additionalUrls: [{ url: "http://eu.acme.example/v1" }] },
        observations: [twin()],
        expect: [URL_IS_GOOD, ["@eu.acme.example:80", "http-declared", "critical"], ["plaintext", "plaintext-refuses"]],
      },
      {
        name: "the token URL",
        integration: { auth: token("HTTP://auth.acme.example/token") },
        observations: [twin()],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-refuses"], ["token-url", "http-declared", "critical"]],
      },
      {
        name: "a secret that signs and is not sent",
        integration: { baseUrl: "http://api.acme.example", auth: { scheme: "hmac", neededScopes: [] } },
        expect: [["", "http-declared-with-proof", "high"]],
      },
      {
        name: "a credential without a scheme",
        integration: { baseUrl: "http://api.acme.example", auth: { credential: "env:KEY", neededScopes: [] } },
        expect: [["", "http-declared", "critical"]],
      },
      says("the API answers in the clear", 200, "plaintext-answers", "low"),
      {
        name: "a declared path, as over TLS",
        observations: [overTls(), twin({ status: 200, endpoint: "list", headers: JSON_TYPE })],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-serves", "high"]],
      },
      {
        name: "a redirect to https, of a token that ends",
        integration: { auth: { ...anIntegration().auth, scheme: "bearer" } },
        observations: [redirecting("https://api.acme.example/")],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-redirects", "low"]],
      },
      {
        name: "a redirect to https, of a key that lasts",
        integration: { auth: { ...anIntegration().auth, scheme: "api-key", in: "header", name: "X-Api-Key" } },
        observations: [redirecting("https://api.acme.example:8443/")],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-redirects-key", "medium"]],
      },
      {
        name: "a redirect to another host",
        observations: [redirecting("https://www.acme.example/")],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-redirects-away", "medium"]],
      },
      {
        name: "another kind of answer at the declared path",
        observations: [overTls(), twin({ status: 200, endpoint: "list", headers: [["content-type", "text/plain"]] })],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-answers", "low"]],
      },
      {
        name: "the root, of the API's media type",
        observations: [overTls(), twin({ status: 200, headers: JSON_TYPE })],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-answers", "low"]],
      },
      {
        name: "a declared path of which nothing is known over TLS",
        observations: [
          response({ status: 401, interference: "credential_rejected" }),
          twin({ status: 200, endpoint: "list", headers: JSON_TYPE }),
        ],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-answers", "low"]],
      },
      {
        name: "a declared path that asks for the credential in the clear",
        observations: [overTls(), twin({ status: 401, endpoint: "list", headers: JSON_TYPE })],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-asks", "high"]],
      },
      {
        name: "a challenge at the root",
        observations: [twin({ status: 401, headers: [["www-authenticate", "Basic realm=x"]] })],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-asks", "high"]],
      },
      says("it asks for the credential in the clear", 401, "plaintext-answers", "low"),
      {
        name: "a redirect that stays on http",
        observations: [redirecting("http://api.acme.example/login")],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-redirects-away", "medium"]],
      },
    ],
    "not-applicable": [
      {
        name: "no credential by design",
        integration: { baseUrl: "http://api.acme.example", auth: { scheme: "none", neededScopes: [] } },
        known: ["plaintext"],
        expect: [
          ["", "no-credential"],
          ["plaintext", "no-credential"],
        ],
      },
      { name: "nothing declared", integration: { auth: { neededScopes: [] } }, expect: [["", "no-credential"]] },
      {
        name: "a region and a token URL that left the inventory",
        integration: { additionalUrls: [{ url: "https://eu.acme.example/v1" }] },
        observations: [twin()],
        known: ["@eu.acme.example:80", "token-url"],
        expect: [
          URL_IS_GOOD,
          ["@eu.acme.example:443", "https-declared"],
          ["@eu.acme.example:80", "not-declared"],
          ["plaintext", "plaintext-refuses"],
          ["token-url", "not-declared"],
        ],
      },
      {
        name: "the twin of a base URL that is http itself by now",
        integration: { baseUrl: "http://api.acme.example" },
        known: ["plaintext"],
        expect: [
          ["", "http-declared", "critical"],
          ["plaintext", "not-declared"],
        ],
      },
      { name: "a client certificate", integration: { auth: { scheme: "mtls", neededScopes: [] } }, expect: [["", "no-credential"]] },
    ],
    unobserved: [
      { name: "nobody asked the twin", expect: [URL_IS_GOOD, ["plaintext", "unobserved", "not_requested"]] },
      {
        name: "a firewall swallows port 80",
        observations: [unseen("http-plaintext", "connect_timeout", {}, "timed-out")],
        expect: [URL_IS_GOOD, ["plaintext", "unobserved", "connect_timeout"]],
      },
      ...[403, 200].map((status) => ({
        name: `a firewall's page with status ${status}`,
        observations: [twin({ status, interference: "blocked" })],
        expect: [URL_IS_GOOD, ["plaintext", "unobserved", "blocked"]] as const,
      })),
      {
        name: "a challenge that leads to https",
        observations: [twin({ status: 302, interference: "blocked", headers: [["location", "https://api.acme.example/"]] })],
        expect: [URL_IS_GOOD, ["plaintext", "unobserved", "blocked"]],
      },
      says("a 404 may be anybody's", 404, "unobserved", "evidence_ambiguous"),
      says("the first of the server errors", 500, "unobserved", "server_error"),
      says("a broken server", 502, "unobserved", "server_error"),
      says("a version of HTTP that a server cannot speak", 505, "unobserved", "server_error"),
      says("a limiter", 429, "unobserved", "rate_limited"),
    ],
    hostile: [
      {
        name: "a Location that is no URL",
        observations: [redirecting("https://[::::]/\u202e")],
        expect: [URL_IS_GOOD, ["plaintext", "plaintext-answers", "low"]],
      },
      {
        name: "an answer without a status, from a store that somebody wrote into",
        observations: [twin({ status: undefined } as never)],
        expect: [URL_IS_GOOD, ["plaintext", "unobserved", "evidence_ambiguous"]],
      },
      says("a status that no RFC has", 999, "unobserved", "server_error"),
    ],
  },
  () => {
    test("a refusal that asks for nothing may be anybody's", () => {
      const confidence = (observation: ReturnType<typeof twin>) =>
        runCase(credentialOverHttp, { name: "", observations: [observation], expect: [] }).find(({ subject }) => subject === "plaintext")
          ?.confidence;
      expect(confidence(twin({ status: 200 }))).toBe(0.8);
      expect(confidence(twin({ status: 401 }))).toBe(0.6);
    });
  },
);
