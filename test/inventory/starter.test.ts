import { expect, test } from "vitest";
import { parseInventory } from "../../src/inventory/parse.ts";
import { starterInventory } from "../../src/inventory/starter.ts";

function integrationsOf(text: string) {
  const inventory = parseInventory(text, "apirisk.yaml");
  if (!inventory.ok) throw new Error(JSON.stringify(inventory.error));
  return inventory.value.integrations;
}

test("is a valid inventory as it stands", () => {
  expect(integrationsOf(starterInventory())).toMatchObject([
    { id: "api-example-com", baseUrl: "https://api.example.com", endpoints: [{ id: "root", method: "GET", path: "/" }] },
  ]);
});

test("gives every origin an id of its own", () => {
  const origins = ["https://api.example.com", "https://api-example.com", "http://[::1]:8080", "https://xn--bcher-kva.example:8443"];
  expect(integrationsOf(starterInventory(origins)).map(({ id, baseUrl }) => [id, baseUrl])).toEqual([
    ["api-example-com", "https://api.example.com"],
    ["api-example-com-2", "https://api-example.com"],
    ["1-8080", "http://[::1]:8080"],
    ["xn-bcher-kva-example-8443", "https://xn--bcher-kva.example:8443"],
  ]);
});

test("its commented lines are valid too", () => {
  const text = starterInventory().replaceAll(/^ {4}# (\w+:)/gm, "    $1");
  expect(integrationsOf(text)).toMatchObject([
    { owner: "payments-team", criticality: "high", dataClasses: ["email"], auth: { scheme: "bearer", credential: "env:API_TOKEN" } },
  ]);
});
