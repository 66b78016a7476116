import { describe, expect, it } from "vitest";
import { cleanEntry, startLab } from "./support/lab.ts";

describe("wire audit: what the servers counted is what the report says, and stays below what the dry run promised", () => {
  it.each([
    ["a clean API", {}, {}],
    ["an API that is proved to ask for its credential", {}, { authProof: { level: "headers" } }],
    ["an expired certificate", { certificate: "expired" as const }, {}],
    ["TLS 1.0 only", { tlsVersions: { min: "TLS 1.0" as const, max: "TLS 1.0" as const } }, {}],
    ["an API that limits", { interference: { reset: 0, stall: 0, tooManyRequests: 1, seed: 7 } }, {}],
    ["an API that resets every connection", { interference: { reset: 1, stall: 0, tooManyRequests: 0, seed: 7 } }, {}],
    ["a plaintext twin that redirects", { plaintext: "redirect" as const }, {}],
  ])("%s", async (_name, conditions, declared) => {
    const lab = await startLab();
    const api = await lab.start(conditions);
    const { report } = await lab.audit([cleanEntry(api, declared)]);
    const counted = api.counts();
    expect(report.run.connections).toBe(counted.connections);
    expect(report.run.requests).toBe(counted.requests);
    expect(report.run.connections).toBeLessThanOrEqual(report.run.bound.connections);
    expect(report.run.requests).toBeLessThanOrEqual(report.run.bound.requests);
    expect(counted.connections).toBeGreaterThan(0);
  });
});
