import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeIntegration } from "../../src/app/judge-integration.ts";
import { storedConfiguration } from "../../src/app/stored-configuration.ts";
import type { Integration, Policy } from "../../src/model/integration.ts";
import { RULE_FAMILIES } from "../../src/model/rule.ts";
import { anEndpoint, anIntegration, NOW } from "../judge/builders.ts";
import { NOTHING_KNOWN } from "../remember/samples.ts";

const POLICY: Policy = {
  packs: ["mozilla-6.0"],
  rules: { "certificate/expired": { off: true }, "tls/x": { off: false, severity: "low" } },
};

/** What an audit stores of it. */
function written(integration: Integration, policy: Policy = POLICY): string {
  return judgeIntegration({
    run: "01",
    integration,
    observed: { observations: [], sent: { connections: 0, requests: 0 }, pace: [], durationMs: 0, clockOffsets: new Map() },
    knowledge: NOTHING_KNOWN,
    policy,
    families: RULE_FAMILIES,
    asOf: NOW,
    at: NOW,
    capability: "test",
    vantage: "local",
    dueDates: () => ({}),
    runStartedAt: NOW,
  }).configuration.json;
}

describe("a configuration out of history", () => {
  it("is what was declared, where nothing was left out", () => {
    const integration = anIntegration({ tags: ["pci"], additionalUrls: [{ url: "https://eu.acme.example", region: "eu" }] });
    expect(storedConfiguration(written(integration))).toEqual({ ok: true, value: { integration, policy: POLICY, untold: [] } });
  });

  it("says which values were left out, and knows none of them", () => {
    const secret = "personal-7391";
    const integration = anIntegration({
      headers: { "x-tenant": secret, "x-a": secret },
      endpoints: [anEndpoint({ id: "list", path: `/list?user=${secret}&all` }), anEndpoint({ id: "plain" })],
    });
    const json = written(integration);
    const stored = storedConfiguration(json);
    expect(json).not.toContain(secret);
    if (!stored.ok) throw new Error(stored.error);
    expect(stored.value.integration.headers).toEqual({ "x-a": "*", "x-tenant": "*" });
    expect(stored.value.integration.endpoints.map(({ path }) => path)).toEqual(["/list?user=*&all", "/list"]);
    expect(stored.value.untold).toEqual(["values of the headers x-a, x-tenant", "query values of the endpoints list"]);
  });

  const good = JSON.parse(written(anIntegration({ waivers: [] }))) as { integration: Record<string, unknown>; policy: object };
  const broken = (changes: Record<string, unknown>) => JSON.stringify({ ...good, integration: { ...good.integration, ...changes } });
  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["another document", "[]"],
    ["no policy", JSON.stringify({ integration: good.integration })],
    ["no base URL", broken({ baseUrl: undefined })],
    ["a base URL that is none", broken({ baseUrl: "acme" })],
    ["another URL that is none", broken({ additionalUrls: [{}] })],
    ["endpoints that are none", broken({ endpoints: [{ id: "x" }] })],
    ["an auth that is none", broken({ auth: { neededScopes: [7] } })],
    ["a reference that is none", broken({ auth: { neededScopes: [], credential: {} } })],
    ["a token URL that is none", broken({ auth: { neededScopes: [], token: { url: "acme" } } })],
    ["a client certificate that is none", broken({ auth: { neededScopes: [], clientCertificate: { cert: "file:c" } } })],
    ["tags that are none", broken({ tags: [7] })],
    ["an owner that is none", broken({ owner: {} })],
    ["an sdk that is no mapping of texts", broken({ sdk: { npm: 1 } })],
    ["a provider without a name", broken({ provider: { url: "https://acme.example" } })],
    ["waivers that are none", broken({ waivers: [{ rule: 7 }] })],
    ["a criticality that is none", broken({ criticality: "huge" })],
    ["a data class that is none", broken({ dataClasses: ["toString"] })],
    ["a policy that decides nothing", JSON.stringify({ ...good, policy: { packs: [], rules: { a: { severity: "huge" } } } })],
  ])("is refused in words: %s", (_what, json) => {
    expect(storedConfiguration(json)).toMatchObject({ ok: false, error: expect.stringMatching(/^(it|its|one) /) });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...Object.keys(good.integration)), (json, key) => {
        expect(storedConfiguration(json).ok).toBe(false);
        expect(typeof storedConfiguration(broken({ [key]: JSON.parse(json) as unknown })).ok).toBe("boolean");
      }),
    );
  });
});
