import { describe, expect, it } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { cleanEntry, type InventoryEntry, startLab } from "./support/lab.ts";
import { behaving, startProofServer } from "./support/proof-server.ts";

/** Three providers who do it well in different ways: noise about any of them is a defect of ours. */
const WELL_RUN = [
  ["with a key in a header", {}, {}],
  [
    "with a bearer token, TLS 1.3 only, and personal data that was declared",
    {
      auth: { in: "header", name: "authorization", value: "Bearer clean-demo-key-4tXw8QmZr2LcVb7NsKjD" },
      tlsVersions: { min: "TLS 1.3", max: "TLS 1.3" },
      headers: { server: "nginx", via: "1.1 varnish", "cache-control": "private, no-store" },
      resources: { "/v1/orders": { customers: [{ id: "cus_1", email: "ada.lovelace@apirisk-lab.dev", phone: "+49 30 901820" }] } },
    },
    {
      auth: { scheme: "bearer", credential: "env:LAB_KEY" },
      dataClasses: ["email", "phone"],
      endpoints: [{ id: "orders", request: "GET /v1/orders", expect: { maxRecords: 1 } }],
    },
  ],
  [
    "open to everybody on purpose, behind a platform's constants, with a port that closes on plain http",
    {
      auth: { in: "open" },
      plaintext: "closed",
      headers: { server: "awselb/2.0", "x-powered-by": "Express" },
      resources: { "/v1/orders": { rates: [{ country: "FI", percent: 25.5, order_id: 4242424242, updated: "2026-11-01" }] } },
    },
    { auth: { scheme: "none" }, authProof: { level: "none" }, endpoints: [{ id: "orders", request: "GET /v1/orders" }] },
  ],
] as const;

describe("a well-run API yields nothing above information", () => {
  it.each(WELL_RUN)("%s", async (_name, conditions, declared) => {
    const lab = await startLab();
    const api = await lab.start({ ...CLEAN, ...conditions });
    const entry = cleanEntry(api, declared) as InventoryEntry;
    for (const depth of ["quick", "standard", "full"] as const) {
      const { report, verdict } = await lab.audit([entry], { depth });
      const [integration] = report.integrations;
      expect(integration?.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
      expect(integration?.visibility).toBe("observed");
      expect(verdict).toBe("passed");
    }
  });

  it("right by ASVS, with no header that is for browsers: http answers 403, and caching is private", async () => {
    const lab = await startLab();
    const server = await startProofServer(lab.authority);
    server.turn((request) => {
      const reply = behaving(request);
      return { ...reply, headers: { ...reply.headers, "cache-control": "private" } };
    });
    for (const depth of ["standard", "full"] as const) {
      const { report, verdict } = await lab.audit([cleanEntry(server, { dataClasses: ["email"] })], { depth });
      const [integration] = report.integrations;
      expect(integration?.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
      expect(verdict).toBe("passed");
    }
  });
});
