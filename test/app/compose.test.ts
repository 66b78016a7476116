import { describe, expect, it } from "vitest";
import { openMachine } from "../../src/app/compose.ts";
import { adHocIntegration } from "../../src/inventory/ad-hoc.ts";

const NO_FOLDERS = { config: { path: undefined, variable: "HOME" }, data: { path: undefined, variable: "HOME" } };

function vantageOf(target: string, env: Readonly<Record<string, string>>, proxy?: string): string {
  const place = { cwd: "/", home: "/", folders: NO_FOLDERS, version: "0.0.0", runtime: { node: "20.20.2", openssl: "3.0.0" } };
  const integration = adHocIntegration(target);
  if (!integration.ok) throw new Error(integration.error);
  const seen = { ...integration.value, ...(proxy === undefined ? {} : { proxy }) };
  return openMachine({ ...place, env })
    .tool([])
    .vantageOf(seen);
}

describe("the vantage of an integration", () => {
  it.each([
    ["goes straight", {}, undefined, "local"],
    [
      "goes through the environment's proxy, told without its password",
      { HTTPS_PROXY: "http://u:p@proxy.acme.example:3128" },
      undefined,
      "proxy:proxy.acme.example:3128",
    ],
    ["is excepted from it", { HTTPS_PROXY: "http://proxy.acme.example:3128", NO_PROXY: "api.example.com" }, undefined, "local"],
    [
      "has a proxy of its own",
      { HTTPS_PROXY: "http://proxy.acme.example:3128" },
      "http://own.acme.example:8080",
      "proxy:own.acme.example:8080",
    ],
  ])("%s", (_name, env, proxy, vantage) => {
    expect(vantageOf("api.example.com", env, proxy)).toBe(vantage);
  });
});

describe("what this tool can see", () => {
  it("is something else with other authorities", () => {
    const place = {
      env: {},
      cwd: "/",
      home: "/",
      folders: NO_FOLDERS,
      version: "0.0.0",
      runtime: { node: "20.20.2", openssl: "3.0.0" },
    };
    const machine = openMachine(place);
    expect(machine.tool(["another"]).capability).not.toBe(machine.tool([]).capability);
    expect(machine.tool([]).capability).toBe(openMachine(place).tool([]).capability);
  });
});
