import { describe, expect, it } from "vitest";
import { internalHost } from "../../../../../src/observe/classify/detectors/infrastructure/internal-host.ts";
import { asker } from "../support.ts";

const ask = asker(internalHost);

describe("internal_host", () => {
  it.each([
    ["fqdn", "runner-07.build.corp.internal", 0.95],
    ["host", "api.prod.svc.cluster.local", 0.95],
    ["url", "https://grafana.ops.internal/d/1", 0.95],
    ["endpoint", "db1.internal:5432", 0.95],
    ["hostname", "worker-03", 0.8],
    ["machineName", "BUILD-AGENT-07", 0.8],
    ["PrivateDnsName", "ip-10-0-0-12.us-west-2.compute.internal", 0.8],
    ["anything", "files.office.lan", 0.75],
  ])("is the value of %s: %s", (key, text, confidence) => {
    expect(ask(text, key)).toMatchObject({ confidence });
  });

  it("is found in a message", () => {
    expect(ask("getaddrinfo ENOTFOUND db1.internal", "message")).toMatchObject({ confidence: 0.75, own: true });
  });

  it.each([
    ["package", "com.acme.internal"],
    ["scope", "app.internal"],
    ["file", "config.local.json"],
    ["env_file", "app.env.local"],
    ["hostname", "www.example.com"],
    ["hostname", "localhost"],
    ["server", "nginx"],
    ["email", "kim@acme.local"],
    ["host", "acme"],
    ["text", "The internal team. Local."],
    ["host_count", "web01"],
  ])("is not the value of %s: %s", (key, text) => {
    expect(ask(text, key)).toBeUndefined();
  });
});
