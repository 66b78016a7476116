import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { draftExpectations } from "../../src/app/propose-expectations.ts";
import { DAY } from "../../src/model/instant.ts";
import { allOpenFindings, cleanEntry, type InventoryEntry, startLab } from "./support/lab.ts";

const VALUES = ["ada.lovelace@apirisk-lab.dev", "4111 1111 1111 1111", "Ada's shelf"];
const RESOURCES = {
  "/v1/orders": {
    data: [
      {
        id: "ord_1",
        email: VALUES[0],
        "card number": VALUES[1],
        stock: { "2026-01-01": { qty: 1, at: VALUES[2] }, "2026-01-02": { qty: 2, at: "B" } },
      },
      { id: "ord_2", email: "grace.hopper@apirisk-lab.dev", tags: ["new"], note: null },
    ],
    has_more: false,
  },
};
const ENDPOINT = { id: "orders", request: "GET /v1/orders" };

describe("expectations that an audit proposes", () => {
  it("hold no value, and leave nothing undeclared where they are pasted into the inventory", async () => {
    const lab = await startLab();
    const api = await lab.start({ resources: RESOURCES });
    const entry = cleanEntry(api, { endpoints: [{ ...ENDPOINT, expect: { fields: [] } }] });
    const undeclared = (findings: readonly string[]) => findings.filter((finding) => /^data\/\S*undeclared|^data\/declared/.test(finding));
    const draft = draftExpectations([{ id: entry.id }]);

    const before = undeclared(allOpenFindings(await lab.audit([entry], { onObserved: draft.onObserved })));
    expect(before).toContain("data/field-undeclared endpoint:orders");
    expect(before).toContain("data/sensitive-field-undeclared endpoint:orders#$.data[].email#email");
    for (const value of [...VALUES, "2026-01-0"]) expect(draft.text()).not.toContain(value);

    const pasted = parse(draft.text()) as { integrations: readonly { endpoints: readonly { expect: object }[] }[] };
    const declared: InventoryEntry = { ...entry, endpoints: [{ ...ENDPOINT, ...pasted.integrations[0]?.endpoints[0], ...ENDPOINT }] };
    for (let night = 0; night < 3; night += 1) {
      lab.clock.advance(DAY);
      expect(allOpenFindings(await lab.audit([declared])).filter((finding) => finding.startsWith("data/"))).toEqual([]);
    }
  });

  it("are those of every integration that has an endpoint, in the order of the inventory", async () => {
    const lab = await startLab();
    const api = await lab.start();
    const entries = ["b", "a", "c"].map((id) => cleanEntry(api, { id, ...(id === "c" && { endpoints: [] }) }));
    const draft = draftExpectations(entries);
    await lab.audit(entries, { onObserved: draft.onObserved });
    expect(draft.document().proposals.map(({ integration }) => integration)).toEqual(["b", "a"]);
  });
});
