import { expect, test } from "vitest";
import { versionDisclosure } from "../../../../src/judge/rules/header/version-disclosure.ts";
import { anEndpoint, response, SECOND_ORIGIN, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const server = (value: string) => response({ headers: { server: value } });
const adHoc = (path: string, id = path, headers: Readonly<Record<string, string>> = {}) => ({
  integration: { adHoc: true, endpoints: [anEndpoint({ id, path })] },
  observations: [response({ headers }, { endpoint: id })],
});
const silent = (value: string) => ({ name: value, observations: [server(value)], expect: [["headers", "no-version"]] as const });

describeRule(
  versionDisclosure,
  {
    pass: [
      { name: "no banner at all", observations: [response()], expect: [["headers", "no-version"]] },
      ...["nginx", "Apache/2", "awselb/2.0", "GFE/1.3", "Microsoft-HTTPAPI/2.0", "cloudflare"].map(silent),
      { name: "a duration", observations: [response({ headers: { "x-runtime": "0.01226" } })], expect: [["headers", "no-version"]] },
      {
        name: "gone since the last time",
        observations: [server("nginx")],
        known: ["header:server"],
        expect: [
          ["header:server", "no-version"],
          ["headers", "no-version"],
        ],
      },
      {
        name: "gone from the path that an ad hoc target was asked for again",
        ...adHoc("/a"),
        known: ["header:server#/a"],
        expect: [
          ["header:server#/a", "no-version"],
          ["headers", "no-version"],
        ],
      },
      {
        name: "gone from the root of an ad hoc target",
        ...adHoc("/?page=1", "root"),
        known: ["header:server"],
        expect: [
          ["header:server", "no-version"],
          ["headers", "no-version"],
        ],
      },
    ],
    fail: [
      {
        name: "a refusal of the API tells it, too",
        observations: [response({ status: 401, interference: "credential_rejected", headers: { server: "nginx/1.30.4" } })],
        expect: [
          ["header:server", "disclosed", "low"],
          ["headers", "unobserved", "credential_rejected"],
        ],
      },
      {
        name: "each path of an ad hoc target is a question of its own",
        ...adHoc("/a", "/a", { server: "nginx/1.30.4" }),
        known: ["header:server", "header:server#/b"],
        expect: [
          ["header:server", "unobserved", "not_requested"],
          ["header:server#/a", "disclosed", "low"],
          ["header:server#/b", "unobserved", "not_requested"],
        ],
      },
      { name: "nginx", observations: [server("nginx/1.30.4")], expect: [["header:server", "disclosed", "low"]] },
      { name: "two numbers are a version", observations: [server("Microsoft-IIS/10.0")], expect: [["header:server", "disclosed", "low"]] },
      {
        name: "two fields",
        observations: [response({ headers: { server: "Apache/2.4.6 (CentOS)", "x-powered-by": "PHP/8.2.14" } })],
        expect: [
          ["header:server", "disclosed", "low"],
          ["header:x-powered-by", "disclosed", "low"],
        ],
      },
      {
        name: "one endpoint of two",
        integration: { endpoints: [anEndpoint(), anEndpoint({ id: "show" })] },
        observations: [response(), response({ headers: { server: "Jetty(9.4.58.v20250814)" } }, { endpoint: "show" })],
        expect: [["header:server", "disclosed", "low"]],
      },
      {
        name: "seen on one endpoint, while a limiter speaks for the other",
        integration: { endpoints: [anEndpoint(), anEndpoint({ id: "show" })] },
        observations: [server("nginx/1.30.4"), response({ status: 429, interference: "rate_limited" }, { endpoint: "show" })],
        expect: [
          ["header:server", "disclosed", "low"],
          ["headers", "unobserved", "rate_limited"],
        ],
      },
      {
        name: "another origin is another subject",
        observations: [response(), response({ headers: { server: "nginx/1.30.4" } }, { origin: SECOND_ORIGIN })],
        expect: [
          ["header:server@eu.acme.example:8443", "disclosed", "low"],
          ["headers", "no-version"],
        ],
      },
    ],
    "not-applicable": [
      {
        name: "nothing is ever asked",
        integration: { endpoints: [] },
        known: ["header:server"],
        expect: [
          ["", "no-endpoint"],
          ["header:server", "no-endpoint"],
        ],
      },
    ],
    unobserved: [
      { name: "nothing was asked", expect: [["headers", "unobserved", "not_requested"]] },
      {
        name: "no answer",
        observations: [unseen("http-response", "http_timeout", { endpoint: "list" })],
        known: ["header:server"],
        expect: [
          ["header:server", "unobserved", "http_timeout"],
          ["headers", "unobserved", "http_timeout"],
        ],
      },
      {
        name: "the firewall's banner is not the API's",
        observations: [response({ status: 403, interference: "blocked", headers: { server: "Varnish/6.0" } })],
        known: ["header:server"],
        expect: [
          ["header:server", "unobserved", "blocked"],
          ["headers", "unobserved", "blocked"],
        ],
      },
      ...(
        [
          [401, "credential_rejected"],
          [302, "unexpected_status"],
          [404, "not_found"],
        ] as const
      ).map(([status, reason]) => ({
        name: `nothing in an answer with status ${status} says that a banner is gone`,
        observations: [response({ status, interference: reason })],
        known: ["header:server"],
        expect: [
          ["header:server", "unobserved", reason],
          ["headers", "unobserved", reason],
        ] as const,
      })),
      {
        name: "our credential stayed here",
        observations: [response({ credential: { state: "withheld", reason: "tls_untrusted" } })],
        expect: [["headers", "unobserved", "tls_untrusted"]],
      },
      {
        name: "gone from one endpoint and not seen on the other",
        integration: { endpoints: [anEndpoint(), anEndpoint({ id: "show" })] },
        observations: [response(), unseen("http-response", "connection_reset", { endpoint: "show" })],
        known: ["header:server", "header:server@gone.example:443"],
        expect: [
          ["header:server", "unobserved", "connection_reset"],
          ["header:server@gone.example:443", "unobserved", "evidence_missing"],
          ["headers", "unobserved", "connection_reset"],
        ],
      },
    ],
    hostile: [
      {
        name: "a path that looks like an origin",
        ...adHoc("/@gone.example:443"),
        known: ["header:server#/@gone.example:443"],
        expect: [
          ["header:server#/@gone.example:443", "no-version"],
          ["headers", "no-version"],
        ],
      },
      silent("Rainbows and XSS<script>alert(1)</script>"),
      silent("Apache/2.4.99999999999999999999"),
      silent(`nginx/${"1.".repeat(200)}1`),
      { name: "a list with holes", observations: [response({ headers: { via: ",,,((((" } })], expect: [["headers", "no-version"]] },
    ],
  },
  () => {
    test("names every product of a field, and nothing else of it", () => {
      const [result] = runCase(versionDisclosure, {
        name: "",
        observations: [server("Apache/2.4.6 (CentOS <b>) OpenSSL/1.0.2k-fips PHP/5.4.16")],
        expect: [],
      });
      expect(result?.message).toBe("The header server tells httpd 2.4.6, openssl 1.0.2k, php 5.4.16.");
      expect(result?.evidence).toEqual([
        {
          kind: "http-response",
          key: "https://api.acme.example||list",
          pointer: "/headers/0",
          summary: "server: httpd 2.4.6, openssl 1.0.2k, php 5.4.16",
          hash: "http-response https://api.acme.example||list",
        },
      ]);
    });
  },
);
