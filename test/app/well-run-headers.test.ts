import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type InspectReport, inspectFiles } from "../../src/app/inspect.ts";
import { ok } from "../../src/model/result.ts";

/** Twenty heads of APIs of different kinds, in the style of recordings, with names of nobody: payments, a forge, content networks, clouds, models, banks. */
const RECORDED = readFileSync(new URL("../fixtures/headers/well-run.txt", import.meta.url));
const AT = Date.parse("2026-12-01T09:00:00Z");

async function entries(): Promise<InspectReport["files"][number]["entries"]> {
  const files = { readBytes: () => Promise.resolve(ok(new Uint8Array(RECORDED))) } as unknown as Parameters<typeof inspectFiles>[2];
  const report = await inspectFiles(["well-run.txt"], { as: "headers", now: AT, anchors: [] }, files);
  if (!report.ok) throw new Error("not read");
  return report.value.files[0]?.entries ?? [];
}

describe("recorded heads of APIs that are run well", () => {
  it("are twenty", async () => {
    expect(await entries()).toHaveLength(20);
  });

  it("yield nothing high, and a median of three or fewer above information", async () => {
    const counts = (await entries()).map(({ findings }) => findings.filter(({ severity }) => severity !== "info"));
    expect(counts.flat().filter(({ severity }) => severity === "high" || severity === "critical")).toEqual([]);
    const sorted = counts.map(({ length }) => length).sort((a, b) => a - b);
    expect(((sorted[9] ?? 0) + (sorted[10] ?? 0)) / 2).toBeLessThanOrEqual(3);
  });

  it("yield these, and no others, above information", async () => {
    const said = (await entries()).map(({ findings }) =>
      findings.filter(({ severity }) => severity !== "info").map(({ rule, outcome }) => `${rule} ${outcome}`),
    );
    expect(said).toEqual([
      [],
      [],
      [],
      [],
      [],
      [],
      [],
      ["header/version-disclosure disclosed"],
      [],
      [],
      [],
      [],
      [],
      [],
      [],
      [],
      [],
      [],
      [],
      [],
    ]);
  });
});
