import { expect, test } from "vitest";
import { patchesBehind } from "../../../../src/judge/rules/header/patches-behind.ts";
import { DAY } from "../../../../src/model/instant.ts";
import { NOW, response, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const server = (value: string) => response({ headers: { server: value } });
const silent = (value: string) => ({
  name: `${value} says nothing`,
  observations: [server(value)],
  expect: [["headers", "none-named"]] as const,
});
const behind = (value: string) => ({ name: value, observations: [server(value)], expect: [["header:server", "behind", "low"]] as const });

describeRule(
  patchesBehind,
  {
    pass: [
      { name: "no banner", observations: [response()], expect: [["headers", "none-named"]] },
      { name: "the newest that is known", observations: [server("Apache/2.4.68")], expect: [["header:server", "up-to-date"]] },
      { name: "newer than what is known", observations: [server("Apache/2.4.70")], expect: [["header:server", "up-to-date"]] },
      ...["nginx", "Apache/2", "Apache/2.4", "squid/7", "awselb/2.0", "GFE/1.3", "h2o/2.2.6", "gunicorn/19.7.1"].map(silent),
      // These lines have an end, or have had it.
      ...["PHP/8.3.1", "nginx/1.18.0", "Apache/2.2.15", "Python/3.13.1"].map(silent),
      // Mended under an old number.
      ...["Apache/2.4.6 (CentOS)", "nginx/1.30.1 (Ubuntu)", "openresty/1.30.1.1"].map(silent),
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
      ...["Apache/2.4.6", "Apache/2.4.67 (Win64)", "nginx/1.30.3", "squid/7.5", "Caddy/2.7.1", "kong/3.9.1", "Jetty(12.0.9)"].map(behind),
      {
        name: "in a field of its own",
        observations: [response({ headers: { "x-nextjs-version": "16.0.1" } })],
        expect: [["header:x-nextjs-version", "behind", "low"]],
      },
      {
        name: "our facts are too old, and what was behind is behind",
        observations: [server("Apache/2.4.6")],
        asOf: NOW + 100 * DAY,
        expect: [["header:server", "behind", "low"]],
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
        name: "our facts are too old to say that nothing is newer",
        observations: [server("Apache/2.4.68")],
        asOf: NOW + 100 * DAY,
        expect: [["header:server", "unobserved", "data_stale"]],
      },
      {
        name: "no answer",
        observations: [unseen("http-response", "connect_refused", { endpoint: "list" })],
        known: ["header:server"],
        expect: [
          ["header:server", "unobserved", "connect_refused"],
          ["headers", "unobserved", "connect_refused"],
        ],
      },
      {
        name: "a refusal that names something better may come from another server",
        observations: [response({ status: 401, interference: "credential_rejected", headers: { server: "Apache/2.4.68" } })],
        expect: [["headers", "unobserved", "credential_rejected"]],
      },
    ],
    hostile: [
      silent("Apache/2.4.99999999999999999999"),
      silent("__proto__/1.0.0 constructor/1.0.0"),
      silent("<script>Apache/2.4.6</script>"),
    ],
  },
  () => {
    test("says which release, which is the newest, and since when that is known", () => {
      const [result] = runCase(patchesBehind, { name: "", observations: [server("Apache/2.4.6 OpenSSL/1.0.2k")], expect: [] });
      expect(result?.message).toBe(
        "Behind the newest release of its line: Apache HTTP Server 2.4.6 (newest: 2.4.68). As known on 2026-08-22.",
      );
      expect(result?.confidence).toBe(0.7);
    });
  },
);
