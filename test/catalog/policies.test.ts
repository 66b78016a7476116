import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { POLICY_PACKS, policyPack, policyPackNames, policyPacks } from "../../src/catalog/policies.ts";

test("every file is a pack, and every pack has a file", () => {
  expect(
    readdirSync("data/policies")
      .map((file) => file.replace(/\.json$/, ""))
      .sort(),
  ).toEqual([...POLICY_PACKS]);
});

describe.each(POLICY_PACKS)("%s", (name) => {
  const pack = policyPack(name);
  const requirements = pack?.requirements ?? [];

  test("can be read, and says where it comes from and what is not in it", () => {
    expect(pack).toMatchObject({ name, source: expect.stringContaining("https://"), unseen: expect.any(Array) });
    expect(requirements.length).toBeGreaterThan(3);
  });

  test("each requirement has a source of its own, and demands something once", () => {
    for (const { citation, title, from = "", until = "9999-12-31" } of requirements) {
      expect(citation.url).toMatch(/^https:\/\//);
      expect(title).toMatch(/^\S.{9,}\S$/);
      expect(from <= until).toBe(true);
    }
    expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
  });

  test("what was not read in the original says so", () => {
    const claims = new Set(requirements.map(({ confidence = pack?.confidence }) => confidence));
    expect([...claims]).toEqual([pack?.confidence]);
    if (pack?.confidence === "secondary") expect(pack.note).toMatch(/not read in the original/i);
  });
});

test("a guideline's short name stands for its general profile", () => {
  expect(policyPack("mozilla-6.0")?.name).toBe("mozilla-6.0-intermediate");
  expect(policyPack("mozilla-5.8")?.name).toBe("mozilla-5.8-intermediate");
  expect(policyPack("mozilla")).toBeUndefined();
  expect(policyPackNames().get("bsi-tr-02102-2")).toBe("bsi-tr-02102-2-2026-01");
});

test("packs are read once each, in one order, and what is none is left out", () => {
  expect(policyPacks(["rfc-9325", "mozilla-6.0", "mozilla-6.0-intermediate", "nist-2050"]).map(({ name }) => name)).toEqual([
    "mozilla-6.0-intermediate",
    "rfc-9325",
  ]);
});

test("the two forms of one guideline differ where it says so", () => {
  const kinds = (name: string) => policyPack(name)?.requirements.map(({ id }) => id);
  expect(kinds("mozilla-6.0-modern")).not.toContain("suites");
  expect(kinds("mozilla-5.8-old")).toContain("suites");
});
