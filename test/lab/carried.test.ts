import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/model/instant.ts";
import { cleanEntry, type InventoryEntry, openFindings, startLab } from "./support/lab.ts";

const ORDERS = {
  id: "orders",
  request: "GET /v1/orders",
  expect: { fields: ["$.data[].id", "$.data[].status", "$.data[].items", "$.has_more"] },
};
const LEAK = {
  "/v1/orders": { data: [{ id: "ord_1", status: "paid", items: 1, email: "ada.lovelace@apirisk-lab.dev" }], has_more: false },
};

function weekly(api: { readonly url: string }, changes: Readonly<Record<string, unknown>> = {}): InventoryEntry {
  return cleanEntry(api, { endpoints: [{ ...ORDERS, every: "7d" }], ...changes });
}

describe("what stands in for an answer that is not due", () => {
  it("is only the answer to the very same request", async () => {
    const lab = await startLab();
    const api = await lab.start({
      resources: { "/v1/orders": { data: [], has_more: false }, "/v1/users": { email: "ada.lovelace@apirisk-lab.dev" } },
    });
    await lab.audit([weekly(api)]);
    lab.clock.advance(HOUR);
    const other = { ...ORDERS, request: "GET /v1/users", every: "7d", expect: { fields: ["$.id"] } };
    expect(openFindings(await lab.audit([weekly(api, { endpoints: [other] })]))).toContain(
      "data/sensitive-field-undeclared endpoint:orders#$.email#email",
    );
    expect(api.counts().byPath["/v1/users"]).toBeGreaterThan(0);
  });

  it("is never an error: the endpoint is asked again", async () => {
    const lab = await startLab();
    const api = await lab.start({ status: 500 });
    await lab.audit([weekly(api)]);
    await api.change({ status: 200, resources: LEAK });
    lab.clock.advance(DAY);
    expect(openFindings(await lab.audit([weekly(api)]))).toContain("data/sensitive-field-undeclared endpoint:orders#$.data[].email#email");
  });

  it("never stands in for an exhausted budget: that is unknown", async () => {
    const lab = await startLab();
    const api = await lab.start();
    const entry = cleanEntry(api, { endpoints: [ORDERS], budget: { callsPerMonth: 4 } });
    await lab.audit([entry]);
    await api.change({ resources: LEAK });
    lab.clock.advance(DAY);
    const { report } = await lab.audit([entry]);
    const unobserved = report.integrations.flatMap((integration) => integration.unobserved);
    expect(unobserved).toContainEqual({ rule: "data/sensitive-field-undeclared", subject: "endpoint:orders", reason: "budget_exhausted" });
    expect(report.integrations[0]?.coverage).toBeLessThan(1);
  });

  it("goes when authProof is withdrawn, and nothing is resolved for it", async () => {
    const lab = await startLab();
    const api = await lab.start({ auth: { in: "open" } });
    expect(openFindings(await lab.audit([weekly(api)]))).toEqual(["auth/unauthenticated-access endpoint:orders"]);
    lab.clock.advance(HOUR);
    const { report } = await lab.audit([weekly(api, { authProof: { level: "none" } })]);
    expect(report.changes.map(({ kind }) => kind)).not.toContain("resolved");
    const told = report.integrations[0]?.findings.filter(({ severity }) => severity !== "info");
    expect(told?.map(({ state }) => state.label)).toEqual(["unverified"]);
  });
});

describe("one host's limits", () => {
  it("are no other host's: the rest of the inventory is audited", async () => {
    const lab = await startLab();
    const limited = await lab.start({ interference: { reset: 0, stall: 0, tooManyRequests: 1, seed: 1 } });
    const free = await lab.start();
    const entries = [cleanEntry(limited, { id: "limited" }), cleanEntry(free, { id: "free" })];
    await lab.audit(entries);
    lab.clock.advance(HOUR);
    const { report } = await lab.audit(entries);
    expect(report.integrations.find(({ id }) => id === "free")).toMatchObject({ visibility: "observed", coverage: 1 });
  });
});

describe("a rule that is switched off", () => {
  it("says nothing any more: not in the findings, not in the gate, not in the score", async () => {
    const lab = await startLab();
    const api = await lab.start({ certificate: "expired" });
    const entry = cleanEntry(api);
    expect((await lab.audit([entry])).report.gate.passed).toBe(false);
    lab.clock.advance(HOUR);
    const { report } = await lab.audit([entry], { policy: { rules: { "certificate/expired": "off" } } });
    expect(report.integrations[0]?.findings.filter(({ rule }) => rule === "certificate/expired")).toEqual([]);
    expect(report.gate.passed).toBe(true);
    expect(report.changes.map(({ kind }) => kind)).not.toContain("resolved");
  });
});
