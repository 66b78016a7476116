import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { knownRules } from "../../src/app/audit-request.ts";
import { parseInventory } from "../../src/inventory/parse.ts";
import { inventoryJsonSchema } from "../../src/inventory/schema.ts";

const DOCUMENT = readFileSync("docs/inventory.md", "utf8");

test("docs/inventory.md names every key that a person may write", () => {
  const words = new Set(DOCUMENT.match(/[A-Za-z]+/g));
  expect([...keysOf(inventoryJsonSchema())].filter((key) => !words.has(key))).toEqual([]);
});

test("its example is an inventory", () => {
  const example = /```yaml\n([\s\S]*?)```/.exec(DOCUMENT)?.[1] ?? "";
  expect(parseInventory(example, "apirisk.yaml", knownRules())).toMatchObject({
    ok: true,
    value: { integrations: [{ waivers: [{ by: "ciso" }] }] },
  });
});

function keysOf(schema: unknown): ReadonlySet<string> {
  if (typeof schema !== "object" || schema === null) return new Set();
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, unknown>> };
  return new Set(
    [...Object.keys(properties), ...Object.values(schema).flatMap((part) => [...keysOf(part)])].filter((key) => key !== "properties"),
  );
}
