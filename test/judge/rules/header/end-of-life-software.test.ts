import { expect, test } from "vitest";
import { endOfLifeSoftware } from "../../../../src/judge/rules/header/end-of-life-software.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { NOW, response, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const server = (value: string) => response({ headers: { server: value } });
const refusal = (value: string) => response({ status: 401, interference: "credential_rejected", headers: { server: value } });
const from = (value: string, outcome: string, more?: string) => ({
  name: value,
  observations: [server(value)],
  expect: [["header:server", outcome, ...(more === undefined ? [] : [more])] as unknown as readonly [string, string]],
});

describeRule(
  endOfLifeSoftware,
  {
    pass: [
      { name: "no banner", observations: [response()], expect: [["headers", "none-named"]] },
      { name: "a product without a version", observations: [server("nginx")], expect: [["headers", "none-named"]] },
      { name: "a product of which nothing is known", observations: [server("gunicorn/19.7.1")], expect: [["headers", "none-named"]] },
      from("nginx/1.30.4", "supported"),
      from("nginx/1.99.0", "unknown-newer"),
      from("nginx/1.99.0, Apache/2.4.68", "unknown-newer"),
      from("Microsoft-IIS/10.0", "supported"),
      {
        name: "the last day on which every Windows Server with that number is supported",
        observations: [server("Microsoft-IIS/10.0")],
        asOf: Date.UTC(2027, 0, 12, 23),
        expect: [["header:server", "supported"]],
      },
      ...["Microsoft-HTTPAPI/2.0", "awselb/2.0", "GFE/1.3", "h2o", "Kestrel", "Tengine/2.0.0", "istio-envoy", "Apache-Coyote/1.1"].map(
        (value) => ({
          name: `${value} tells nothing that ends`,
          observations: [server(value)],
          expect: [["headers", "none-named"]] as const,
        }),
      ),
      {
        name: "the number of a runtime is not the Framework's",
        observations: [response({ headers: { "x-aspnet-version": "2.0.50727", "x-powered-by": "ASP.NET" } })],
        expect: [["headers", "none-named"]],
      },
      {
        name: "seconds, counters, names of hosts",
        observations: [response({ headers: { "x-runtime": "1.18", "x-varnish": "32770 5", "x-served-by": "cache-fra-eddf8230049-FRA" } })],
        expect: [["headers", "none-named"]],
      },
      {
        name: "the last supported day",
        observations: [response({ headers: { "x-powered-by": "PHP/8.2.14" } })],
        asOf: Date.UTC(2026, 11, 31, 23, 59),
        expect: [["header:x-powered-by", "supported"]],
      },
      {
        name: "gone since the last time",
        observations: [response()],
        known: ["header:server"],
        expect: [
          ["header:server", "none-named"],
          ["headers", "none-named"],
        ],
      },
    ],
    fail: [
      from("nginx/1.18.0", "ended", "medium"),
      from("Apache/2.2.34", "ended", "medium"),
      from("nginx/0.8.53", "ended", "medium"),
      from("Python/3.10 aiohttp/3.6.2", "ended", "medium"),
      from("nginx/1.18.0 (Ubuntu)", "ended-upstream", "low"),
      from("openresty/1.13.6.2", "ended-upstream", "low"),
      from("Apache/2.2.15 (Red Hat)", "ended-upstream", "low"),
      from("istio-envoy/1.29.1", "ended", "medium"),
      {
        name: "a distribution's build of what else would be high is low, too",
        observations: [response({ headers: { "x-powered-by": "PHP/5.5.9-1ubuntu4.14" } })],
        expect: [["header:x-powered-by", "ended-upstream", "low"]],
      },
      {
        name: "the day after the last supported one",
        observations: [response({ headers: { "x-powered-by": "PHP/8.2.14" } })],
        asOf: Date.UTC(2027, 0, 1),
        expect: [["header:x-powered-by", "ended", "medium"]],
      },
      {
        name: "support that is paid for",
        observations: [server("Microsoft-IIS/8.5")],
        asOf: Date.UTC(2026, 9, 13, 12),
        expect: [["header:server", "extended-support", "info"]],
      },
      from("Microsoft-IIS/8.5", "ended", "medium"),
      {
        name: "a refusal names it, too",
        observations: [refusal("nginx/1.18.0")],
        expect: [
          ["header:server", "ended", "medium"],
          ["headers", "unobserved", "credential_rejected"],
        ],
      },
      from("Apache/2.4.68 OpenSSL/1.0.2k", "ended", "medium"),
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
      from("nginx/1", "unobserved", "evidence_ambiguous"),
      {
        name: "one of several Windows Servers with that number has ended",
        observations: [server("Microsoft-IIS/10.0")],
        asOf: Date.UTC(2027, 0, 13),
        expect: [["header:server", "unobserved", "evidence_ambiguous"]],
      },
      {
        name: "our own facts are too old",
        observations: [server("nginx/1.18.0")],
        asOf: NOW + 100 * DAY,
        expect: [["header:server", "unobserved", "data_stale"]],
      },
      {
        name: "a refusal that names something better may come from another server",
        observations: [refusal("nginx/1.30.4")],
        known: ["header:server"],
        expect: [
          ["header:server", "unobserved", "credential_rejected"],
          ["headers", "unobserved", "credential_rejected"],
        ],
      },
      {
        name: "no answer",
        observations: [unseen("http-response", "connect_refused", { endpoint: "list" })],
        expect: [["headers", "unobserved", "connect_refused"]],
      },
    ],
    hostile: [
      {
        name: "numbers beyond every release",
        observations: [server("nginx/1.18.99999999999999999999999999")],
        expect: [["headers", "none-named"]],
      },
      { name: "__proto__", observations: [server("__proto__/1.0 constructor/1.0 toString/1.0")], expect: [["headers", "none-named"]] },
    ],
  },
  () => {
    test("says of what, until when, and as known on which day", () => {
      const [result] = runCase(endOfLifeSoftware, {
        name: "",
        observations: [server("Apache/2.4.68 OpenSSL/1.0.2k PHP/5.6.40")],
        expect: [],
      });
      expect(result?.message).toBe(
        "Past its end of life: OpenSSL 1.0.2k (until 2019-12-31), PHP 5.6.40 (until 2018-12-31). As known on 2026-08-22.",
      );
      expect(result?.confidence).toBe(0.8);
    });

    test("names a release that is newer than our facts without a day", () => {
      const [result] = runCase(endOfLifeSoftware, { name: "", observations: [server("nginx/1.99.0")], expect: [] });
      expect(result?.data).toEqual({ field: "server", software: "nginx 1.99.0", taken: "2026-08-22" });
      expect(endOfLifeSoftware.outcomes["unknown-newer"]?.message(result?.data ?? {})).toBe(
        "Newer than every release that was known on 2026-08-22, so that its end is not known: nginx 1.99.0.",
      );
      expect(result?.confidence).toBe(0.6);
    });

    test("is less sure of the build of a distribution", () => {
      const [result] = runCase(endOfLifeSoftware, { name: "", observations: [server("nginx/1.18.0 (Ubuntu)")], expect: [] });
      expect(result?.confidence).toBe(0.4);
    });
  },
);
