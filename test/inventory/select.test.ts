import { expect, test } from "vitest";
import { parseInventory } from "../../src/inventory/parse.ts";
import { type Selection, selectIntegrations } from "../../src/inventory/select.ts";

const TEXT = `version: 1
integrations:
  - { id: payments, previousIds: [billing], baseUrl: https://a.example, owner: team-a, tags: [pci], criticality: critical }
  - { id: mail, baseUrl: https://b.example, owner: team-b, tags: [pci, mail] }
  - { id: maps, baseUrl: https://c.example, owner: team-a }
`;

function select(selection: Selection) {
  const inventory = parseInventory(TEXT, "apirisk.yaml");
  if (!inventory.ok) throw new Error("not read");
  const result = selectIntegrations(inventory.value, selection);
  return result.ok ? result.value.map(({ id }) => id) : result.error;
}

test("everything, in the order of the file", () => {
  expect(select({})).toEqual(["payments", "mail", "maps"]);
  expect(select({ ids: ["maps", "payments"] })).toEqual(["payments", "maps"]);
});

test("by former id, owner, tag and criticality, all of which must match", () => {
  expect(select({ ids: ["billing"] })).toEqual(["payments"]);
  expect(select({ owner: "team-a" })).toEqual(["payments", "maps"]);
  expect(select({ tag: "pci" })).toEqual(["payments", "mail"]);
  expect(select({ criticality: "medium" })).toEqual(["mail", "maps"]);
  expect(select({ owner: "team-a", tag: "pci" })).toEqual(["payments"]);
  expect(select({ owner: "team-c" })).toEqual([]);
});

test("an unknown id is an error that names the nearest", () => {
  expect(select({ ids: ["mail", "paymnts", "zzzzzz"] })).toBe(
    'apirisk.yaml has no integration "paymnts" (did you mean "payments"?), "zzzzzz".',
  );
});

test("what looks like a secret is not repeated, and a long list is cut", () => {
  expect(select({ ids: ["ghp_012345678901234567890123456789abcdef"] })).toBe(
    "apirisk.yaml has no integration (not shown, it looks like a secret).",
  );
  expect(select({ ids: Array.from({ length: 15 }, (_, index) => `unknown-number-${index}`) })).toMatch(/"unknown-number-9" and 5 more\.$/);
});
