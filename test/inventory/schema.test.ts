import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseInventory } from "../../src/inventory/parse.ts";
import { inventoryJsonSchema } from "../../src/inventory/schema.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(inventoryJsonSchema());
const full = parse(readFileSync(new URL("../fixtures/inventory/full.yaml", import.meta.url), "utf8"));

describe("the published JSON Schema", () => {
  test("accepts what the validator accepts", () => {
    expect(validate(full)).toBe(true);
    expect(parseInventory(JSON.stringify(full), "full.json").ok).toBe(true);
  });

  test.each([
    ["an unknown key", (entry: Record<string, unknown>) => ({ ...entry, ownr: "x" }), false],
    ["a key of the user's own", (entry: Record<string, unknown>) => ({ ...entry, "x-note": { any: [1] } }), true],
    ["an unknown scheme", (entry: Record<string, unknown>) => ({ ...entry, auth: { scheme: "beaer" } }), false],
    ["a literal credential", (entry: Record<string, unknown>) => ({ ...entry, auth: { credential: "hunter2" } }), false],
    ["a day that does not exist", (entry: Record<string, unknown>) => ({ ...entry, auth: { issuedAt: "2026-02-30" } }), false],
    ["a missing base URL", ({ baseUrl: _, ...entry }: Record<string, unknown>) => entry, false],
    [
      "a path to another host",
      (entry: Record<string, unknown>) => ({ ...entry, endpoints: [{ id: "a", request: "GET //evil.example" }] }),
      false,
    ],
    ["a header name with a space", (entry: Record<string, unknown>) => ({ ...entry, headers: { "a b": "c" } }), false],
  ])("agrees with the validator about %s", (_what, change, valid) => {
    const file = { ...full, integrations: [change(full.integrations[0])] };
    expect(validate(file)).toBe(valid);
    expect(parseInventory(JSON.stringify(file), "changed.json").ok).toBe(valid);
  });

  test("is draft 2020-12 and says what it describes", () => {
    expect(inventoryJsonSchema()).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "apirisk inventory",
      required: ["version", "integrations"],
    });
  });
});
