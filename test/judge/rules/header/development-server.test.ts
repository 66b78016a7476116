import { expect, test } from "vitest";
import { developmentServer } from "../../../../src/judge/rules/header/development-server.ts";
import { response, unseen } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const server = (value: string) => response({ headers: { server: value } });
const silent = (value: string) => ({ name: value, observations: [server(value)], expect: [["headers", "none-named"]] as const });
const named = (value: string) => ({ name: value, observations: [server(value)], expect: [["header:server", "named", "medium"]] as const });

describeRule(
  developmentServer,
  {
    pass: [
      { name: "no banner", observations: [response()], expect: [["headers", "none-named"]] },
      ...[
        "nginx",
        "gunicorn/19.7.1",
        "Python/3.8 aiohttp/3.6.2",
        "TwistedWeb/16.5.0rc2",
        "uvicorn",
        "CherryPy/8.9.1 WSGI Server",
        "Puma 4.3.1",
      ].map(silent),
      {
        name: "PHP behind a real server",
        observations: [response({ headers: { "x-powered-by": "PHP/8.2.14" } })],
        expect: [["headers", "none-named"]],
      },
      {
        name: "gone since the last time",
        observations: [server("nginx")],
        known: ["header:server"],
        expect: [
          ["header:server", "none-named"],
          ["headers", "none-named"],
        ],
      },
    ],
    fail: [
      ...["Werkzeug/0.14.1 Python/3.6.9", "WSGIServer/0.2 CPython/3.8.1", "BaseHTTP/0.6 Python/3.10.6", "SimpleHTTP/0.6 Python/2.7.6"].map(
        named,
      ),
      ...["WEBrick/1.3.1 (Ruby/2.0.0/2013-11-22)", "WEBrick", "PHP 8.1.2 Development Server", "PHP/8.1.2 (Development Server)"].map(named),
      {
        name: "a refusal names it, too",
        observations: [response({ status: 401, interference: "credential_rejected", headers: { server: "Werkzeug/3.0.1 Python/3.12.0" } })],
        expect: [
          ["header:server", "named", "medium"],
          ["headers", "unobserved", "credential_rejected"],
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
        observations: [response({ status: 403, interference: "blocked", headers: { server: "Werkzeug/3.0.1" } })],
        expect: [["headers", "unobserved", "blocked"]],
      },
    ],
    hostile: [silent("(Werkzeug/3.0.1)"), silent("__proto__ constructor toString"), silent(`${"x".repeat(600)} Werkzeug/3.0.1`)],
  },
  () => {
    test("names the server, and no version", () => {
      const [result] = runCase(developmentServer, { name: "", observations: [server("Werkzeug/0.14.1 Python/3.6.9")], expect: [] });
      expect(result?.message).toBe("The header server names Werkzeug, which is for development.");
    });
  },
);
